import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** All files of the project that git knows or would add, relative to `root`, sorted. */
export function projectFiles(root: string): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (listed.status !== 0) throw new Error(`git cannot list the files: ${listed.stderr}`)
  const names = listed.stdout.split('\0').filter((name) => name !== '')
  return [...new Set(names)].filter((name) => existsSync(path.join(root, name))).sort()
}

export function isSource(file: string): boolean {
  return /\.(ts|tsx|mts|mjs|js)$/.test(file) && !file.endsWith('.d.ts')
}

export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file)
}
