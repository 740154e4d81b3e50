import type { Take } from '@chiron/capture'
import type { DemonstrateAnswer } from '@chiron/core/kinds'
import { theEyes } from './eyes.ts'

type Hints = { deviceMemory?: number; hardwareConcurrency?: number }

/** Coarse facts about the device, for fairness between devices: nothing that tells one phone from another. */
export function deviceFacts({ width, height, fps }: Take): DemonstrateAnswer['device'] {
  return {
    tier: measuredTier() ?? tierOf(navigator as Hints),
    userAgentFamily: familyOf(navigator.userAgent),
    width,
    height,
    fps: Math.min(240, Math.round(fps * 100) / 100),
  }
}

/** As measured when the detector opened; a device without one counts among the low. */
function measuredTier(): DemonstrateAnswer['device']['tier'] | undefined {
  const eyes = theEyes()
  if (eyes.state !== 'open') return undefined
  return eyes.tier === 'basic' ? 'low' : eyes.tier
}

export function tierOf({
  deviceMemory = 4,
  hardwareConcurrency = 4,
}: Hints): DemonstrateAnswer['device']['tier'] {
  if (deviceMemory <= 2 || hardwareConcurrency <= 2) return 'low'
  return deviceMemory >= 8 && hardwareConcurrency >= 8 ? 'high' : 'middle'
}

const FAMILIES: [RegExp, string][] = [
  [/SamsungBrowser/, 'Samsung Internet'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Edg/, 'Edge'],
  [/OPR|Opera/, 'Opera'],
  [/Chrom|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
]

export function familyOf(userAgent: string): string {
  return FAMILIES.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'other'
}
