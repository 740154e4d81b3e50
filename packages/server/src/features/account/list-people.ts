import { isUuid } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { refuse } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { type PeoplePage, type PersonRow, peopleOf } from './store.ts'

/** Workers of the workspace in the order they joined. What became of their work, a later feature knows. */
export async function listPeople(
  tx: Tx,
  ctx: Ctx,
  page: PeoplePage,
): Promise<{ items: PersonRow[]; next: string | null }> {
  may(ctx, 'people.list')
  if (page.after !== undefined && !isUuid(page.after))
    refuse('bad-input', '`after` is the `next` of the page before.')
  const rows = await peopleOf(tx, workspaceOf(ctx), page)
  const items = rows.slice(0, page.limit)
  return { items, next: rows.length > page.limit ? (items.at(-1)?.worker_id ?? null) : null }
}
