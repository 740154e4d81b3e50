import type { Axis } from './Interval.tsx'
import { useFormat } from './Interval.tsx'
import { usePlotWidth } from './use-plot-width.ts'

type PeriodLine = { id: string; label: string; values: readonly (number | null)[] }

type PeriodPlotProps = {
  label: string
  /** One for each value, the oldest first. */
  periods: readonly string[]
  lines: readonly PeriodLine[]
  axis: Axis
}

const WIDTH = 640
const HEIGHT = 200
const PAD = { left: 40, right: 20, top: 10, bottom: 26 }
const COLOURS = ['--accent-mark', '--information-mark', '--attention-mark'] as const

/** A few figures, period by period; where one cannot be said the line has a gap. */
export function PeriodPlot({ label, periods, lines, axis }: PeriodPlotProps) {
  const write = useFormat('number')
  const { figure, width } = usePlotWidth(WIDTH)
  const steps = Math.max(1, periods.length - 1)
  const x = (at: number) => PAD.left + (at / steps) * (width - PAD.left - PAD.right)
  const y = (value: number) =>
    HEIGHT - PAD.bottom - ((value - axis.min) / (axis.max - axis.min)) * (HEIGHT - PAD.top - PAD.bottom)
  const ticks = [axis.min, (axis.min + axis.max) / 2, axis.max]
  const ends = [...new Set([0, periods.length - 1])]
  return (
    <figure class="period-plot" ref={figure}>
      <svg dir="ltr" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="plot-grid" x1={PAD.left} x2={width - PAD.right} y1={y(tick)} y2={y(tick)} />
            <text class="plot-tick" x={PAD.left - 6} y={y(tick) + 4} text-anchor="end">
              {write(tick)}
            </text>
          </g>
        ))}
        {ends.map((at) => (
          <text key={at} class="plot-tick" x={x(at)} y={HEIGHT - 6} text-anchor={at === 0 ? 'start' : 'end'}>
            {periods[at]}
          </text>
        ))}
        {lines.map((line, at) => (
          <g key={line.id} style={{ stroke: `var(${COLOURS[at]})`, fill: `var(${COLOURS[at]})` }}>
            {/* Each line has a stroke of its own besides its colour. */}
            <path
              class="period-line"
              d={pathOf(line.values, x, y)}
              stroke-dasharray={at === 0 ? undefined : `${4 + at * 2} 3`}
            />
            {line.values.map(
              (value, period) =>
                value !== null && <circle key={periods[period]} cx={x(period)} cy={y(value)} r={3} />,
            )}
          </g>
        ))}
      </svg>
      <figcaption class="stacked-legend">
        {lines.map((line, at) => (
          <span key={line.id} class="stacked-item">
            <span class="series-key" style={{ background: `var(${COLOURS[at]})` }} />
            {line.label}
            <span class="figure stacked-count">{lastOf(line.values, write)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function pathOf(
  values: readonly (number | null)[],
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, at) => {
      if (value === null) return ''
      const begins = at === 0 || values[at - 1] === null
      return `${begins ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
}

function lastOf(values: readonly (number | null)[], write: (value: number) => string): string {
  const last = values.findLast((value) => value !== null)
  return last === undefined || last === null ? '–' : write(last)
}
