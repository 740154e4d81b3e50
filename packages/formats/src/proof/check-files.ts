import type { ReadFolder } from '../io.ts'
import { broken, type Check, verdict } from './check.ts'
import { PATHS, type Statement } from './manifest.ts'

/** Hashes every file and compares with the statement: changed, missing and extra files are named. */
export async function checkFiles(folder: ReadFolder, statement: Statement): Promise<Check[]> {
  const signed = new Map(statement.subject.map(({ name, digest }) => [name, digest.sha256]))
  const faults: Check[] = []
  const found = await folder.list()
  for (const { path } of found) {
    if (path === PATHS.attestation) continue
    const wanted = signed.get(path)
    if (wanted === undefined) faults.push(broken('files', `${path} was added after signing.`, path))
    else if ((await folder.sha256(path)) !== wanted) {
      faults.push(broken('files', `${path} was changed after signing.`, path))
    }
  }
  const there = new Set(found.map(({ path }) => path))
  for (const path of [...signed.keys()].sort()) {
    if (!there.has(path)) faults.push(broken('files', `${path} is missing.`, path))
  }
  return verdict(
    'files',
    faults,
    `All ${signed.size} files are as they were signed; none is missing, none was added.`,
  )
}
