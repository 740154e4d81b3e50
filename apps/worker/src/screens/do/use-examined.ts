import { type Examined, examineTake, type Take } from '@chiron/capture'
import type { TimedSight } from '@chiron/core/episode'
import { handsInView } from '@chiron/core/sight'
import { useEffect, useState } from 'preact/hooks'
import { bodyOrder, useBodyEyes } from './body-eyes.ts'
import { openEyes, useEyes } from './eyes.ts'

/**
 * `waiting`: the detector is not there yet, and the screen says why. `body`: neither is what sees the body; who does not
 * want to wait for that goes on without.
 */
export type Examination =
  | { state: 'waiting' }
  | { state: 'body' }
  | { state: 'looking'; share: number }
  | { state: 'done'; examined: Examined }
  | { state: 'failed'; again: () => void }

/** Whoever comes back to a take does not wait again. */
const known = new Map<string, Examined>()

/** Looks through the take for faces and hands, and for the body where that is asked for, once the detector is there. */
export function useExamined(take: Take, asksForBody: boolean): Examination {
  const eyes = useEyes()
  const [examination, setExamination] = useState<Examination>(() => startOf(take))
  const [attempt, setAttempt] = useState(0)
  const body = useBodyEyes(asksForBody)
  const isDecided = !asksForBody || body.state === 'decided'
  const detector = eyes.state === 'open' && isDecided ? eyes.detector : undefined
  useEffect(() => {
    void openEyes()
  }, [])
  useEffect(() => {
    if (!detector || known.has(take.takeId)) return
    const ending = new AbortController()
    setExamination({ state: 'looking', share: 0 })
    examineTake(take, {
      detector,
      known: take.hands,
      body: asksForBody ? bodyOrder() : undefined,
      signal: ending.signal,
      onProgress: (share) => setExamination({ state: 'looking', share }),
    }).then(
      (examined) => {
        known.set(take.takeId, examined)
        setExamination({ state: 'done', examined })
      },
      () => {
        if (!ending.signal.aborted)
          setExamination({ state: 'failed', again: () => setAttempt((count) => count + 1) })
      },
    )
    return () => ending.abort()
  }, [take, detector, attempt])
  if (examination.state === 'waiting' && eyes.state === 'open' && !isDecided) return { state: 'body' }
  return examination
}

function startOf({ takeId }: Take): Examination {
  const examined = known.get(takeId)
  return examined ? { state: 'done', examined } : { state: 'waiting' }
}

/** What the lights and the verdict need of it: that seen while filming, and the second pass where there was none. */
export function sightsOf(take: Take, examination: Examination): TimedSight[] {
  if (take.hands.length > 0 || examination.state !== 'done') return take.sights
  const { hands } = examination.examined
  return hands.map((frame) => {
    const { count, cutOffCount } = handsInView(frame.hands)
    const shift = take.sights.findLast(({ timeMs }) => timeMs <= frame.timeMs)?.cameraShift ?? null
    return { timeMs: frame.timeMs, handCount: count, cutOffCount, faceCount: null, cameraShift: shift }
  })
}
