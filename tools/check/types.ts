import { readdirSync } from 'node:fs'
import path from 'node:path'
import { runProgram } from './program.ts'

/** The configurations to check: the root's (tests and tools) and those of each package and app. */
export function typeConfigs(root: string): string[] {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(path.join(root, group)).map((name) => path.join(group, name)),
  )
  const configs = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => /^tsconfig.*\.json$/.test(name))
      .map((name) => path.join(folder, name)),
  )
  return ['tsconfig.json', ...configs.sort()]
}

const NO_FILES_YET = /error TS18003/

/**
 * Checks one configuration; resolves to what the compiler said, empty when all is well. The compiler remembers what it
 * checked, so that the next time only what a change touches is looked at.
 */
export async function checkTypes(root: string, config: string): Promise<string> {
  const memory = path.join(root, '.cache/types', `${config.replaceAll(path.sep, '-')}.tsbuildinfo`)
  const { code, output } = await runProgram(
    [
      path.join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      config,
      '--incremental',
      '--tsBuildInfoFile',
      memory,
    ],
    root,
  )
  return code === 0 || NO_FILES_YET.test(output) ? '' : output
}
