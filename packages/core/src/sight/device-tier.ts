/**
 * What a device was measured to do, on first use. `lookMs`: reading and measuring one picture; `handsMs`,
 * `faceMs`: one detection on one picture, null where the detector does not run at all; `encodesAvc`: whether it can
 * encode H.264 frame by frame.
 */
export type DeviceProbe = {
  encodesAvc: boolean
  lookMs: number
  handsMs: number | null
  faceMs: number | null
}

/**
 * By what it can do, not by its name.
 * - `high`: hands and faces are watched while filming.
 * - `middle`: hands are watched while filming, less often; faces after it.
 * - `low`: light, sharpness and motion while filming; hands and faces after it.
 * - `basic`: no detector; faces cannot be covered, so nothing can be sent that needs it.
 */
export type DeviceTier = 'high' | 'middle' | 'low' | 'basic'

/**
 * How often each thing is looked at, in looks a second; 0 is not while filming. `cheap` counts the looks that are kept
 * of a take; what time is left between them may go to more.
 */
export type LookPlan = { cheap: number; hands: number; faces: number }

/** Looking may take this share of the time: the rest belongs to camera, encoder and screen. */
const LIVE_SHARE = 0.75
const WANTED = { high: { cheap: 10, hands: 5, faces: 2 }, middle: { cheap: 10, hands: 3, faces: 0 } } as const

export function deviceTier(probe: DeviceProbe): DeviceTier {
  if (probe.handsMs === null || probe.faceMs === null) return 'basic'
  if (!probe.encodesAvc) return 'low'
  const { handsMs, faceMs, lookMs } = probe
  const busy = ({ cheap, hands, faces }: LookPlan): number =>
    (cheap * lookMs + hands * handsMs + faces * faceMs) / 1000
  if (busy(WANTED.high) <= LIVE_SHARE / 2) return 'high'
  return busy(WANTED.middle) <= LIVE_SHARE ? 'middle' : 'low'
}

export function lookPlan(tier: DeviceTier): LookPlan {
  return tier === 'high' || tier === 'middle' ? WANTED[tier] : { cheap: 10, hands: 0, faces: 0 }
}

/** Every so manieth look of the second pass is one for the body, too, where it is asked for; 0: none is. */
export function bodyEvery(tier: DeviceTier): 0 | 1 | 2 {
  return tier === 'high' ? 1 : tier === 'middle' ? 2 : 0
}
