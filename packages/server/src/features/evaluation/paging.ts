import { isUuid } from '@chiron/core/kit'
import { refuse } from '../../platform/refuse.ts'

/** A page of rows that were asked for one more than it holds; the last one's id leads to the next. */
export function pageOf<T extends { id: string }>(
  rows: readonly T[],
  limit: number,
): { shown: T[]; next: string | null } {
  const shown = rows.slice(0, limit)
  return { shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}

export function assertCursor(after: string | undefined): void {
  if (after !== undefined && !isUuid(after)) refuse('bad-input', '`after` is the `next` of the page before.')
}
