import type { Person } from '@chiron/contract'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { listPeople, type PeoplePage } from '../account/index.ts'
import { workerCounts } from '../submission/index.ts'

/** Workers of the workspace in the order they joined, with what became of their submissions. */
export function peopleShown(ctx: Ctx, page: PeoplePage): Promise<{ items: Person[]; next: string | null }> {
  return read(ctx, async (tx) => {
    const { items, next } = await listPeople(tx, ctx, page)
    const workerIds = items.map((row) => row.worker_id)
    const counts = await workerCounts(tx, workspaceOf(ctx), workerIds)
    const shown = items.map((row) => ({
      workerId: row.worker_id,
      pseudonym: row.pseudonym,
      kind: row.kind as Person['kind'],
      country: row.country,
      joinedAt: row.joined_at.toISOString(),
      acceptedCount: counts.get(row.worker_id)?.accepted ?? 0,
      returnedCount: counts.get(row.worker_id)?.returned ?? 0,
      pendingCount: counts.get(row.worker_id)?.pending ?? 0,
    }))
    return { items: shown, next }
  })
}
