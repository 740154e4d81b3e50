import { models } from 'virtual:capture-models'
import { type Detector, keepModels, measureDevice, missingModelBytes, openDetector } from '@chiron/capture'
import { type DeviceTier, deviceTier, type LookPlan, lookPlan } from '@chiron/core/sight'
import { useEffect, useState } from 'preact/hooks'
import { savesData } from '../../shell/data-use.ts'

/**
 * The detector of this page: fetched once, after a task is accepted, then kept for all takes.
 * `asks`: who saves data says yes first. `unable`: what keeps it from working.
 */
export type Eyes =
  | { state: 'shut' }
  | { state: 'asks'; bytes: number }
  | { state: 'fetching'; share: number; bytes: number }
  | { state: 'opening' }
  | { state: 'open'; detector: Detector; tier: DeviceTier; plan: LookPlan }
  | { state: 'unable'; why: 'offline' | 'device' }

let eyes: Eyes = { state: 'shut' }
const watchers = new Set<(eyes: Eyes) => void>()

export const theEyes = (): Eyes => eyes

/** Opens the detector if it is not open yet; with `mayFetch` also where it costs data. */
export async function openEyes({ mayFetch = false } = {}): Promise<void> {
  if (eyes.state === 'fetching' || eyes.state === 'opening' || eyes.state === 'open') return
  set({ state: 'opening' })
  try {
    const bytes = await missingModelBytes(models)
    if (bytes > 0 && savesData() && !mayFetch) return set({ state: 'asks', bytes })
    if (bytes > 0) set({ state: 'fetching', share: 0, bytes })
    await keepModels(models, (share) => {
      if (bytes > 0) set({ state: 'fetching', share, bytes })
    })
  } catch {
    return set({ state: 'unable', why: 'offline' })
  }
  set({ state: 'opening' })
  try {
    const detector = await openDetector(models, { want: { hands: true, faces: true } })
    const tier = deviceTier(await measureDevice(detector))
    set({ state: 'open', detector, tier, plan: lookPlan(tier) })
  } catch {
    set({ state: 'unable', why: 'device' })
  }
}

export function useEyes(): Eyes {
  const [now, setNow] = useState(eyes)
  useEffect(() => {
    setNow(eyes)
    watchers.add(setNow)
    return () => {
      watchers.delete(setNow)
    }
  }, [])
  return now
}

function set(changed: Eyes): void {
  eyes = changed
  for (const watcher of watchers) watcher(changed)
}
