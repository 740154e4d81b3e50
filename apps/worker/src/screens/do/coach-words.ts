import type { Instruction } from '@chiron/core/episode'
import type { IconName } from '@chiron/ui'

/** What the viewfinder can say: core's instructions, and turning the phone. */
export type Spoken = Instruction | 'turn-landscape' | 'turn-portrait'

const ICONS: Partial<Record<Spoken, IconName>> = {
  ready: 'good',
  'too-dark': 'sun',
  'too-bright': 'sun',
  blurred: 'eye',
  shaking: 'hand',
  frozen: 'motion',
  'low-frame-rate': 'waiting',
  'motion-blur': 'motion',
  'face-visible': 'person',
  'several-people': 'people',
  'no-hands': 'hand',
  'hand-cut-off': 'hand',
  'camera-moved': 'camera',
  'turn-landscape': 'refresh',
  'turn-portrait': 'refresh',
}

export const iconOf = (spoken: Spoken): IconName => ICONS[spoken] ?? 'attention'

/** A short buzz for something to mend, a light double one when all is well. */
const BUZZ_MS = { mend: [70], ready: [25, 50, 25] }

export function buzz(kind: keyof typeof BUZZ_MS): void {
  navigator.vibrate?.(BUZZ_MS[kind])
}

/** What a take is judged by live, and the faults that speak against each. `hands` only where they are watched. */
export const SENSES: readonly {
  id: 'light' | 'sharp' | 'steady' | 'hands' | 'rate'
  faults: readonly string[]
}[] = [
  { id: 'light', faults: ['too-dark', 'too-bright'] },
  { id: 'sharp', faults: ['blurred', 'motion-blur'] },
  { id: 'steady', faults: ['shaking', 'frozen', 'camera-moved'] },
  { id: 'hands', faults: ['several-people', 'face-visible', 'no-hands', 'hand-cut-off'] },
  { id: 'rate', faults: ['low-frame-rate'] },
]
