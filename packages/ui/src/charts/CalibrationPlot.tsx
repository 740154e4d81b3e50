import { useI18n } from '../i18n/context.tsx'

export type CalibrationPoint = {
  /** How sure in the mean, and how often right, 0 to 1, with the ends of its interval. */
  confidence: number
  right: { value: number; low: number; high: number; n: number }
}

type CalibrationPlotProps = {
  label: string
  points: readonly CalibrationPoint[]
  /** Written along the axes: how sure, how often right. */
  sureLabel: string
  rightLabel: string
  /** Beside the line on which one would be as often right as sure. */
  idealLabel: string
}

const SIZE = 300
const PAD = { left: 56, right: 22, top: 14, bottom: 40 }
const TICKS = [0, 0.5, 1] as const
const DOT = { least: 3.5, most: 9 }

/** How sure against how often right, each point with its interval and n; a wide dot rests on more. */
export function CalibrationPlot(props: CalibrationPlotProps) {
  const { label, points, sureLabel, rightLabel, idealLabel } = props
  const { percent, number, t } = useI18n()
  const x = (share: number) => PAD.left + share * (SIZE - PAD.left - PAD.right)
  const y = (share: number) => SIZE - PAD.bottom - share * (SIZE - PAD.top - PAD.bottom)
  const most = Math.max(1, ...points.map(({ right }) => right.n))
  const radius = (n: number) => DOT.least + (DOT.most - DOT.least) * Math.sqrt(n / most)
  return (
    <figure class="calibration">
      <svg dir="ltr" viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={label}>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line class="plot-grid" x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} />
            <line class="plot-grid" x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} />
            <text class="plot-tick" x={x(tick)} y={y(0) + 14} text-anchor="middle">
              {percent(tick)}
            </text>
            <text class="plot-tick" x={x(0) - 6} y={y(tick) + 4} text-anchor="end">
              {percent(tick)}
            </text>
          </g>
        ))}
        <line class="plot-ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        <text
          class="plot-note"
          x={x(0.27)}
          y={y(0.27) - 8}
          text-anchor="middle"
          transform={`rotate(-44 ${x(0.27)} ${y(0.27) - 8})`}
        >
          {idealLabel}
        </text>
        <text class="plot-axis" x={x(0.5)} y={SIZE - 6} text-anchor="middle">
          {sureLabel}
        </text>
        <text class="plot-axis" x={11} y={y(0.5)} text-anchor="middle" transform={`rotate(-90 11 ${y(0.5)})`}>
          {rightLabel}
        </text>
        {points.map(({ confidence, right }) => (
          <g key={confidence}>
            <line
              class="plot-interval"
              x1={x(confidence)}
              x2={x(confidence)}
              y1={y(right.low)}
              y2={y(right.high)}
            />
            <circle class="plot-dot" cx={x(confidence)} cy={y(right.value)} r={radius(right.n)} />
            <text
              class="plot-n"
              x={x(confidence) - radius(right.n) - 3}
              y={y(right.value) + 4}
              text-anchor="end"
            >
              {number(right.n)}
            </text>
          </g>
        ))}
      </svg>
      <ul class="visually-hidden">
        {points.map(({ confidence, right }) => (
          <li key={confidence}>
            {sureLabel} {percent(confidence)}, {rightLabel}{' '}
            {t('ui.chart.interval', {
              value: percent(right.value),
              low: percent(right.low),
              high: percent(right.high),
            })}
            , {t('ui.chart.n', { n: number(right.n) })}
          </li>
        ))}
      </ul>
    </figure>
  )
}
