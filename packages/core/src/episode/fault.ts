/** Everything a take can be told off for; each has one sentence in the apps' languages. */
export const FAULT_CODES = [
  'too-dark',
  'too-bright',
  'blurred',
  'shaking',
  'frozen',
  'too-short',
  'too-long',
  'low-frame-rate',
  'dropped-frames',
  'too-small',
  'wrong-rotation',
  'clock-wrong',
  'motion-blur',
  'face-visible',
  'several-people',
  'no-hands',
  'hand-cut-off',
  'camera-moved',
] as const
export type FaultCode = (typeof FAULT_CODES)[number]

/** A take lists at most this many faults: the first ones, in order of time. */
export const MAX_FAULTS = 200
