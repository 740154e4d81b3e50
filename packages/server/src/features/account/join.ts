import type { WorkerId, WorkspaceId } from '@chiron/core/kit'
import { newId } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { recordNothing, type Tx, write } from '../../platform/tx.ts'
import { hashPin } from './pin.ts'
import { readInvite } from './read-invite.ts'
import {
  insertEnrolment,
  insertWorker,
  readWorker,
  updateWorker,
  useInvite,
  type WorkerRow,
} from './store.ts'
import { randomCode, randomHandle } from './words.ts'

interface Joining {
  code: string
  name: string
  locale: string
  country?: string | undefined
  pin?: string | undefined
}

const MAX_HANDLE_TRIES = 20

/** Joins a workspace as a new worker, or as the worker who is signed in already (whose name then stays). */
export async function join(ctx: Ctx, joining: Joining): Promise<{ workerId: WorkerId; ctx: Ctx }> {
  const invite = await readInvite(ctx, joining.code)
  const { deps } = ctx
  const known = ctx.actor.kind === 'worker'
  const workerId = ctx.actor.kind === 'worker' ? ctx.actor.id : newId<WorkerId>(deps.clock)
  const pinHash = joining.pin && !known ? await hashPin(deps, joining.pin) : null
  const inside: Ctx = {
    deps,
    actor: { kind: 'worker', id: workerId },
    workspaceId: invite.workspace_id as WorkspaceId,
  }
  await write(inside, async (tx) => {
    may(inside, 'worker.join')
    if (!known) await createWorker(tx, inside, { ...joining, id: workerId, pinHash })
    const worker = (await readWorker(tx, workerId)) as WorkerRow
    if (known && joining.country && !worker.country)
      await updateWorker(tx, workerId, { country: joining.country })
    const enrolled = await insertEnrolment(tx, {
      workspace_id: invite.workspace_id,
      worker_id: workerId,
      pseudonym: `p-${randomCode(deps.clock).toLowerCase()}`,
      country: joining.country ?? worker.country,
      joined_at: deps.clock.now(),
    })
    if (!enrolled) return recordNothing(tx)
    if (!(await useInvite(tx, invite)))
      refuse('already-used', 'Somebody else took the last place of this invite.')
    await record(tx, inside, 'worker.join', {
      subject: { kind: 'worker', id: workerId },
      inviteId: invite.id,
    })
  })
  return { workerId, ctx: { ...inside, workspaceId: null } }
}

async function createWorker(
  tx: Tx,
  { deps }: Ctx,
  worker: Joining & { id: WorkerId; pinHash: string | null },
) {
  const { id, name, locale, country = null, pinHash } = worker
  for (let tryCount = 0; tryCount < MAX_HANDLE_TRIES; tryCount += 1) {
    const handle = randomHandle(deps.clock, tryCount)
    const row = { id, name, handle, locale, country, pin_hash: pinHash, created_at: deps.clock.now() }
    if (await insertWorker(tx, row)) return
  }
  throw new Error('no free handle was found')
}
