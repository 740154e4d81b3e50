import type { ComponentChildren } from 'preact'
import { type Axis, type ChartFormat, IntervalMark, type Measured } from './Interval.tsx'
import { MeasuredText } from './MeasuredText.tsx'

const SHARES: Axis = { min: 0, max: 1 }

type IntervalBarProps = {
  label: ComponentChildren
  measured: Measured | null
  /** A tick at the value one wants. */
  target?: number
  axis?: Axis
  format?: ChartFormat
  /** The clips or rows behind the figure. */
  href?: string
}

/** One value on its scale, with interval and n. */
export function IntervalBar({ label, measured, target, axis = SHARES, format, href }: IntervalBarProps) {
  return (
    <div class="chart-row">
      <span class="chart-label">{href ? <a href={href}>{label}</a> : label}</span>
      <span class="chart-track">
        {measured && <IntervalMark measured={measured} axis={axis} target={target} />}
      </span>
      <MeasuredText measured={measured} format={format} />
    </div>
  )
}
