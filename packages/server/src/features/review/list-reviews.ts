import type { Review } from '@chiron/contract'
import { isUuid } from '@chiron/core/kit'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { found, refuse } from '../../platform/refuse.ts'
import { read } from '../../platform/tx.ts'
import { reviewWire } from './review-wire.ts'
import { listReviews, type ReviewPage, readReview } from './store.ts'

/** The queue: the open ones most urgent first. */
export function reviewQueue(ctx: Ctx, page: ReviewPage): Promise<{ items: Review[]; next: string | null }> {
  may(ctx, 'review.read')
  if (page.after !== undefined && !isUuid(page.after))
    refuse('bad-input', '`after` is the `next` of the page before.')
  return read(ctx, async (tx) => {
    const rows = await listReviews(tx, workspaceOf(ctx), { ...page, limit: page.limit + 1 })
    const shown = rows.slice(0, page.limit)
    const items: Review[] = []
    for (const row of shown) items.push(await reviewWire(tx, ctx, row))
    return { items, next: rows.length > page.limit ? (shown.at(-1)?.id ?? null) : null }
  })
}

export const oneReview = (ctx: Ctx, id: string): Promise<Review> =>
  read(ctx, async (tx) =>
    reviewWire(tx, ctx, found(await readReview(tx, { workspaceId: workspaceOf(ctx), id }), 'review')),
  )
