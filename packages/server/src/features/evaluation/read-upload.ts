import { Refusal } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { type BlobRow, storedBlob } from '../media/index.ts'

/** The text of an uploaded file; refuses `malformed` when it is not UTF-8. */
export async function textOf({ deps }: Ctx, row: BlobRow): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of deps.blobs.open(storedBlob(row))) pieces.push(piece as Buffer)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces))
  } catch {
    return refuse('malformed', 'The file is not text in UTF-8.', { reason: 'not UTF-8' })
  }
}

/** What a reader of formats makes of a file; its refusal becomes ours, with the name of what was read. */
export function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    return refuseAs(what, cause)
  }
}

export function refuseAs(what: string, cause: unknown): never {
  if (!(cause instanceof Refusal) || cause.code === 'malformed') throw cause
  return refuse('malformed', `${what}: ${cause.message}`, { ...cause.facts, reason: cause.message })
}
