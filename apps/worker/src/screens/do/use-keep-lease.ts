import { type Lease, taskRoutes } from '@chiron/contract'
import { useEffect, useRef } from 'preact/hooks'
import { client, serverNow } from '../../data/client.ts'
import { queryClient } from '../../data/queries.ts'

const LOOK_EVERY_MS = 20_000
/** Asked for anew when less than this is left of it. */
const RENEW_BEFORE_MS = 5 * 60_000

/** While a person is at a task and looking at it, its time is moved on. Offline it is tried again. */
export function useKeepLease({ id, leasedUntil }: Lease): void {
  const until = useRef(leasedUntil)
  until.current = leasedUntil
  useEffect(() => {
    const look = () => {
      const leftMs = Date.parse(until.current) - serverNow()
      if (document.visibilityState !== 'visible' || leftMs > RENEW_BEFORE_MS) return
      client.call(taskRoutes.extend, { params: { leaseId: id } }).then(
        (extended) => queryClient.setQueryData(['lease', id], extended),
        () => undefined,
      )
    }
    look()
    // Not at each change of its end: a lease shorter than the margin would be asked for without a pause.
    const timer = setInterval(look, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [id])
}
