import type { WireFault } from '@chiron/contract'
import { useI18n } from '@chiron/ui'

type Measured =
  | 'share'
  | 'sharpness'
  | 'motion'
  | 'length'
  | 'pixels'
  | 'rate'
  | 'missing'
  | 'gap'
  | 'clock'
  | 'faces'

/** What the figure of a fault is of; of the others it says no more than their name. */
const MEASURED: Partial<Record<WireFault['code'], Measured>> = {
  'too-dark': 'share',
  'too-bright': 'share',
  blurred: 'sharpness',
  'motion-blur': 'sharpness',
  shaking: 'motion',
  frozen: 'motion',
  'too-short': 'length',
  'too-long': 'length',
  'too-small': 'pixels',
  'low-frame-rate': 'rate',
  'dropped-frames': 'missing',
  'clock-wrong': 'clock',
  'face-visible': 'faces',
  'several-people': 'faces',
  'camera-moved': 'share',
}

/** The worst that was measured, and the limit, with what it is of; null where there is nothing to say. */
export function useFaultFigure(): (fault: WireFault) => string | null {
  const { t, number, percent, duration } = useI18n()
  return ({ code, value, limit }) => {
    const measured = MEASURED[code]
    if (!measured || value === null || limit === null) return null
    if (measured === 'faces') return t('faults.figure.faces', { n: value })
    // Of missing pictures either their share is told or the longest gap, in milliseconds.
    const what = measured === 'missing' && limit >= 1 ? 'gap' : measured
    const write = {
      share: percent,
      sharpness: exact,
      motion: exact,
      length: duration,
      pixels: exact,
      rate: exact,
      missing: percent,
      gap: duration,
      clock: duration,
    }[what as Exclude<Measured, 'faces'>]
    return t(`faults.figure.${what}`, { value: write(value), limit: write(limit) })
  }

  function exact(figure: number): string {
    return number(figure, { maximumSignificantDigits: 3 })
  }
}
