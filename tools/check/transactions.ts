import { isTest } from './files.ts'
import type { Fault } from './imports.ts'
import type { Source } from './source.ts'

/**
 * Every write leaves exactly one record (docs/STYLE): a file of a feature that opens a transaction with
 * `write` does so once, asks `may`, and calls `record` once.
 */
export function transactionFaults(sources: Source[]): Fault[] {
  return sources
    .filter(({ file }) => file.startsWith('packages/server/src/features/') && !isTest(file))
    .flatMap(faultsOf)
}

function faultsOf({ file, calls }: Source): Fault[] {
  const own = calls.filter(({ ofObject }) => !ofObject)
  const count = (name: string) => own.filter((call) => call.name === name).length
  const first = own.find(({ name }) => name === 'write')
  if (!first) return []
  const fault = (message: string): Fault => ({ file, line: first.line, message })
  return [
    ...(count('write') > 1 ? [fault('opens two transactions: one verb, one file')] : []),
    ...(count('may') === 0 ? [fault('writes without asking may(ctx, action)')] : []),
    ...(count('record') === 1
      ? []
      : [fault(`calls record ${count('record')} times: a write leaves exactly one`)]),
  ]
}
