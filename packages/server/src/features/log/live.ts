import type { LiveEvent } from '@chiron/contract'
import type { WorkspaceId } from '@chiron/core/kit'
import { type Deps, systemCtx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { logSizes, type RecordRow, sealedRecords } from './store.ts'

const POLL_MS = 1000
const MAX_EVENTS_PER_POLL = 500
export const MAX_LISTENERS = 1000

export interface Listener {
  workspaceId: string | null
  /** Set for a worker, who hears of what is about themselves in any workspace. */
  workerId: string | null
  send(event: LiveEvent): void
}

export interface Live {
  readonly listenerCount: number
  /** Returns a function that stops. Events begin with what is sealed after this has resolved. */
  listen(listener: Listener): Promise<() => void>
  /** Looks no more; resolves when the last look has ended. */
  stop(): Promise<void>
}

/**
 * Tells listeners of this process what was sealed, by one look a second that all of them share; none while nobody
 * listens. The order of sealing loses no record, whatever order transactions end in.
 */
export function openLive(deps: Deps): Live {
  const listeners = new Set<Listener>()
  let known = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()

  const poll = async (): Promise<void> => {
    const next = await logSizes(deps.db)
    for (const [workspaceId, size] of next) {
      const first = known.get(workspaceId) ?? 0
      if (size <= first || !hears(listeners, workspaceId)) continue
      // What does not fit into one look follows with the next.
      next.set(workspaceId, first + (await tell(deps, listeners, { workspaceId, first })))
    }
    known = next
  }
  const beat = (): void => {
    timer = setTimeout(() => {
      looking = poll()
        .catch((cause: unknown) => deps.log.error({ cause: String(cause) }, 'live events'))
        .finally(() => {
          if (listeners.size > 0) beat()
          else timer = undefined
        })
    }, POLL_MS)
  }
  return {
    get listenerCount() {
      return listeners.size
    },
    async listen(listener) {
      if (!timer) known = await logSizes(deps.db)
      listeners.add(listener)
      if (!timer) beat()
      return () => void listeners.delete(listener)
    },
    async stop() {
      listeners.clear()
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
    },
  }
}

const hears = (listeners: ReadonlySet<Listener>, workspaceId: string): boolean =>
  [...listeners].some((listener) => listener.workerId !== null || listener.workspaceId === workspaceId)

async function tell(
  deps: Deps,
  listeners: ReadonlySet<Listener>,
  { workspaceId, first }: { workspaceId: string; first: number },
): Promise<number> {
  const ctx = systemCtx(deps, 'live', workspaceId as WorkspaceId)
  const rows = await read(ctx, (tx) => sealedRecords(tx, workspaceId, first, MAX_EVENTS_PER_POLL))
  for (const row of rows) {
    for (const listener of listeners) if (concerns(listener, row)) listener.send(eventOf(row))
  }
  return rows.length
}

const concerns = ({ workerId, workspaceId }: Listener, row: RecordRow): boolean =>
  workerId === null ? row.workspace_id === workspaceId : row.worker_id === workerId

const eventOf = (row: RecordRow): LiveEvent => ({
  id: row.id,
  action: row.action,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
})
