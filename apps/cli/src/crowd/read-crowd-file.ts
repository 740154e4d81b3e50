import fs from 'node:fs/promises'
import type { RowFault } from '@chiron/formats/crowd'
import { DoesNotHold, UsageError } from '../exit.ts'

/** A text longer than this does not fit into one string. */
const MAX_FILE_BYTES = 500_000_000
const MAX_FAULTS_SHOWN = 20

/** The text of a CSV file. @throws UsageError when there is none, or it is not UTF-8 */
export async function readCrowdFile(file: string): Promise<string> {
  const stat = await fs.stat(file).catch(() => undefined)
  if (!stat?.isFile()) throw new UsageError(`${file} is not a file.`)
  if (stat.size > MAX_FILE_BYTES)
    throw new UsageError(`${file} is larger than ${MAX_FILE_BYTES / 1e6} MB. Split it by task.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await fs.readFile(file))
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(`${file} is not UTF-8. Save it as UTF-8 first.`)
    throw cause
  }
}

/**
 * Stops at malformed rows, naming each by its line; with `isSkipping` tells them on standard error and goes on.
 * @throws DoesNotHold
 */
export function refuseFaults(
  file: string,
  faults: readonly RowFault[],
  isSkipping: boolean | undefined,
): void {
  if (faults.length === 0) return
  const shown = faults.slice(0, MAX_FAULTS_SHOWN).map(({ line, why }) => `${file}:${line}: ${why}`)
  if (faults.length > shown.length) shown.push(`… and ${faults.length - shown.length} more`)
  const isHeader = faults.some(({ line }) => line === 1)
  if (isSkipping && !isHeader) {
    process.stderr.write(`${shown.join('\n')}\nchiron: ${faults.length} malformed rows left out.\n`)
    return
  }
  const way = isHeader ? '' : '\nNothing was written. --skip-malformed goes on without these rows.'
  throw new DoesNotHold(
    `${faults.length === 1 ? 'a row' : 'rows'} cannot be read:\n${shown.join('\n')}${way}`,
  )
}

/** `task=item,worker=annotator`: which header in the file each of our columns has. @throws UsageError */
export function headersOf<Name extends string>(
  given: string | undefined,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const headers: Partial<Record<Name, string>> = {}
  for (const pair of given?.split(',') ?? []) {
    const [name, ...header] = pair.split('=')
    const known = names.find((each) => each === name)
    if (!known || header.length === 0)
      throw new UsageError(
        `--columns takes NAME=HEADER pairs, names being ${names.join(', ')}; not “${pair}”.`,
      )
    headers[known] = header.join('=')
  }
  return headers
}
