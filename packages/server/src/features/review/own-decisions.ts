import type { Appeal, Submission } from '@chiron/contract'
import type { Ctx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { ownSubmission, ownSubmissions, type Page } from '../submission/index.ts'
import { appealWire } from './appeal-wire.ts'
import { appealStates, ownAppeals } from './store.ts'

const MAX_APPEALS = 200

/** What the worker sent and what became of it, appeals included. */
export async function ownAnswers(
  ctx: Ctx,
  page: Page,
): Promise<{ items: Submission[]; next: string | null }> {
  const { items, next } = await ownSubmissions(ctx, page)
  return { items: await withAppeals(ctx, items), next }
}

export async function ownAnswer(ctx: Ctx, id: string): Promise<Submission> {
  const [answer] = await withAppeals(ctx, [await ownSubmission(ctx, id)])
  return answer as Submission
}

async function withAppeals(ctx: Ctx, items: readonly Submission[]): Promise<Submission[]> {
  const ids = items.map(({ id }) => id)
  const states = await read(ctx, (tx) => appealStates(tx, ctx.actor.id, ids))
  return items.map((item) => ({ ...item, appealState: states.get(item.id) ?? null }))
}

/** The worker's appeals, newest first. */
export const listOwnAppeals = (ctx: Ctx): Promise<Appeal[]> =>
  read(ctx, async (tx) => {
    const appeals: Appeal[] = []
    for (const row of await ownAppeals(tx, ctx.actor.id, MAX_APPEALS)) appeals.push(await appealWire(tx, row))
    return appeals
  })
