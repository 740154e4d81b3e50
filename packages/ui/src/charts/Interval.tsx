import { useI18n } from '../i18n/context.tsx'

/** A measured value with what it rests on. Shares are 0 to 1. */
export type Measured = {
  value: number
  /** Ends of the interval, when one is known. */
  low?: number
  high?: number
  /** How many it rests on. */
  n: number
}

export type ChartFormat = 'percent' | 'number'

/** How a chart writes its values. */
export function useFormat(format: ChartFormat = 'percent'): (value: number) => string {
  const { percent, number } = useI18n()
  return format === 'percent'
    ? (value) => percent(value)
    : (value) => number(value, { maximumFractionDigits: 2 })
}

export type Axis = { min: number; max: number }

/** The place of a value along an axis, '0%' to '100%'. */
export function placeOn(axis: Axis, value: number): string {
  const ratio = (value - axis.min) / (axis.max - axis.min || 1)
  return `${Math.min(1, Math.max(0, ratio)) * 100}%`
}

type IntervalMarkProps = { measured: Measured; axis: Axis; target?: number; tone?: string }

/** A dot on a line for its interval, with a tick where the target is. */
export function IntervalMark({ measured, axis, target, tone = 'accent' }: IntervalMarkProps) {
  const { value, low, high } = measured
  const hasInterval = low !== undefined && high !== undefined
  return (
    <span class={`interval interval-${tone}`} aria-hidden="true">
      {target !== undefined && (
        <span class="interval-target" style={{ insetInlineStart: placeOn(axis, target) }} />
      )}
      {hasInterval && (
        <span
          class="interval-range"
          style={{
            insetInlineStart: placeOn(axis, low),
            insetInlineEnd: `calc(100% - ${placeOn(axis, high)})`,
          }}
        />
      )}
      <span class="interval-dot" style={{ insetInlineStart: placeOn(axis, value) }} />
    </span>
  )
}
