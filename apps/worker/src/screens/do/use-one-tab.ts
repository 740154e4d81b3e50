import { useEffect, useRef, useState } from 'preact/hooks'

type Message = { kind: 'asking' | 'held' | 'taken'; leaseId: string; tab: string }
type OneTab = { state: 'asking' | 'here' | 'elsewhere'; takeHere: () => void }

/** Other tabs answer within a few milliseconds; a tab that is gone does not answer at all. */
const ANSWER_MS = 200

/**
 * One tab works on a task at a time. A tab that opens it asks the others first; the person may move it here, and the
 * other tab then says so. By BroadcastChannel, which plain http has too.
 */
export function useOneTab(leaseId: string): OneTab {
  const [state, setState] = useState<OneTab['state']>('asking')
  const take = useRef<() => void>(() => {})
  useEffect(() => {
    setState('asking')
    if (typeof BroadcastChannel !== 'function') {
      setState('here')
      return
    }
    const tab = Math.random().toString(36).slice(2)
    const channel = new BroadcastChannel('chiron-leases')
    let holds = false
    const say = (kind: Message['kind']) => channel.postMessage({ kind, leaseId, tab } satisfies Message)
    const hold = () => {
      holds = true
      setState('here')
    }
    const timer = setTimeout(hold, ANSWER_MS)
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.leaseId !== leaseId || data.tab === tab) return
      if (data.kind === 'asking' && holds) say('held')
      // Two that ask at once: the one with the smaller name goes first.
      else if (data.kind === 'asking' && tab < data.tab) say('held')
      else if (data.kind === 'held' && !holds) {
        clearTimeout(timer)
        setState('elsewhere')
      } else if (data.kind === 'taken') {
        clearTimeout(timer)
        holds = false
        setState('elsewhere')
      }
    }
    take.current = () => {
      say('taken')
      hold()
    }
    say('asking')
    return () => {
      clearTimeout(timer)
      channel.close()
    }
  }, [leaseId])
  return { state, takeHere: () => take.current() }
}
