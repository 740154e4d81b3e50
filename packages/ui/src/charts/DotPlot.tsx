import { type Axis, type ChartFormat, IntervalMark, type Measured, useFormat } from './Interval.tsx'
import { MeasuredText } from './MeasuredText.tsx'

export type DotPlotRow = { id: string; label: string; measured: Measured | null; href?: string }

type DotPlotProps = {
  label: string
  rows: readonly DotPlotRow[]
  axis: Axis
  /** A line through all rows: the target, or the mean. */
  reference?: { value: number; label: string }
  format?: ChartFormat
}

/** Many values on one scale, each with its interval: policies, workers, scenes. */
export function DotPlot({ label, rows, axis, reference, format }: DotPlotProps) {
  const write = useFormat(format)
  return (
    <figure class="chart" aria-label={label}>
      {rows.map((row) => (
        <div key={row.id} class="chart-row">
          <span class="chart-label">
            <bdi>{row.href ? <a href={row.href}>{row.label}</a> : row.label}</bdi>
          </span>
          <span class="chart-track chart-track-bare">
            {row.measured && (
              <IntervalMark measured={row.measured} axis={axis} target={reference?.value} tone="accent" />
            )}
          </span>
          <MeasuredText measured={row.measured} format={format} />
        </div>
      ))}
      <div class="chart-row chart-axis" aria-hidden="true">
        <span class="chart-reference figure">
          {reference && `${reference.label} ${write(reference.value)}`}
        </span>
        <span class="chart-ends figure">
          <span>{write(axis.min)}</span>
          <span>{write(axis.max)}</span>
        </span>
        <span />
      </div>
    </figure>
  )
}
