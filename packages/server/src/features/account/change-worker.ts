import type { Me } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { Ctx } from '../../platform/context.ts'
import { tidy } from '../../platform/tx.ts'
import { deleteOtherSessions } from './credential-store.ts'
import { hashPin } from './pin.ts'
import { readMe } from './read-me.ts'
import { updateWorker } from './store.ts'

interface Change {
  name?: string | undefined
  locale?: string | undefined
  country?: string | undefined
  pin?: string | undefined
}

/**
 * A worker changes what is theirs. It belongs to no workspace, so no workspace's log tells of it. A new PIN ends
 * their sessions elsewhere.
 */
export async function changeWorker(
  ctx: Ctx,
  { pin, name, locale, country }: Change,
  sessionHash: string | undefined,
): Promise<Me> {
  const { actor, deps } = ctx
  assert(actor.kind === 'worker', 'the route lets workers in only')
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(locale === undefined ? {} : { locale }),
    ...(country === undefined ? {} : { country }),
    ...(pin === undefined
      ? {}
      : { pin_hash: await hashPin(deps, pin), pin_failures: 0, pin_locked_until: null }),
  }
  if (Object.keys(change).length > 0)
    await tidy(ctx, async (tx) => {
      await updateWorker(tx, actor.id, change)
      // A phone that was lost must not stay signed in.
      if (pin !== undefined) await deleteOtherSessions(tx, actor.id, sessionHash ?? '')
    })
  return readMe(ctx)
}
