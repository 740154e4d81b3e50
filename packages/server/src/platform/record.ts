import { assert, toHex } from '@chiron/core/kit'
import { CompiledQuery } from 'kysely'
import { newId } from './clock.ts'
import type { Ctx } from './context.ts'
import { countRecord, type Tx } from './tx.ts'

interface Facts {
  /** What was written, e.g. `{ kind: 'submission', id }`. */
  subject: { kind: string; id: string }
  /** The worker this is about, who may read and prove this row; by default the acting worker. */
  workerId?: string | null
  /** Ids, numbers and codes only: no names, no free text (they stay in their own rows). */
  [fact: string]: unknown
}

/** What a subscriber's job receives. */
export interface RecordedJob {
  workspaceId: string
  recordId: string
  action: string
  subjectId: string
  facts: Record<string, unknown>
}

// What the log can take (core/log logEntry): a name that it refuses would stop the sealing of everything after it.
const ACTION = /^[a-z][a-z0-9-]{0,40}\.[a-z][a-z0-9-]{0,40}$/
const KIND = /^[a-z][a-z-]{0,30}$/

/**
 * The outbox: appends the row that says what happened and enqueues a job for each subscriber of `action`, in the
 * transaction of the write itself. Returns the record's id.
 */
export async function record(tx: Tx, ctx: Ctx, action: string, facts: Facts): Promise<string> {
  countRecord(tx)
  const { subject, workerId, ...rest } = facts
  const { workspaceId, actor, deps } = ctx
  assert(workspaceId !== null, `${action} must happen in a workspace`)
  assert(
    ACTION.test(action) && KIND.test(subject.kind),
    `${action} on ${subject.kind} is not noun.verb on noun`,
  )
  const id = newId(deps.clock)
  await tx
    .insertInto('record')
    .values({
      workspace_id: workspaceId,
      id,
      at: deps.clock.now(),
      action,
      actor_kind: actor.kind,
      actor_id: actor.id,
      worker_id: workerId === undefined ? (actor.kind === 'worker' ? actor.id : null) : workerId,
      subject_kind: subject.kind,
      subject_id: subject.id,
      facts: JSON.stringify(rest),
      salt: toHex(deps.clock.randomBytes(16)),
    })
    .execute()
  const job: RecordedJob = { workspaceId, recordId: id, action, subjectId: subject.id, facts: rest }
  for (const name of deps.subscribers.get(action) ?? []) {
    await deps.jobs.enqueue(name, job, (text, values) => tx.executeQuery(CompiledQuery.raw(text, values)))
  }
  return id
}
