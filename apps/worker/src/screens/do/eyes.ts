import { models } from 'virtual:capture-models'
import {
  type Detector,
  keepModels,
  measureDevice,
  missingModelBytes,
  openDetector,
  USUAL_PARTS,
} from '@chiron/capture'
import { type DeviceTier, deviceTier, type LookPlan, lookPlan } from '@chiron/core/sight'
import { savesData } from '../../shell/data-use.ts'
import { watched } from './watched.ts'

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

const eyes = watched<Eyes>({ state: 'shut' })

export const theEyes = eyes.now
export const useEyes = eyes.use

/** Opens the detector if it is not open yet; with `mayFetch` also where it costs data. */
export async function openEyes({ mayFetch = false } = {}): Promise<void> {
  const { state } = eyes.now()
  if (state === 'fetching' || state === 'opening' || state === 'open') return
  eyes.set({ state: 'opening' })
  try {
    const bytes = await missingModelBytes(models, USUAL_PARTS)
    if (bytes > 0 && savesData() && !mayFetch) return eyes.set({ state: 'asks', bytes })
    if (bytes > 0) eyes.set({ state: 'fetching', share: 0, bytes })
    await keepModels(models, USUAL_PARTS, (share) => {
      if (bytes > 0) eyes.set({ state: 'fetching', share, bytes })
    })
  } catch {
    return eyes.set({ state: 'unable', why: 'offline' })
  }
  eyes.set({ state: 'opening' })
  try {
    const detector = await openDetector(models, { want: { hands: true, faces: true } })
    const tier = deviceTier(await measureDevice(detector))
    eyes.set({ state: 'open', detector, tier, plan: lookPlan(tier) })
  } catch {
    eyes.set({ state: 'unable', why: 'device' })
  }
}
