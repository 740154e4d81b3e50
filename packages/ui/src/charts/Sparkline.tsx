import { useI18n } from '../i18n/context.tsx'
import { type ChartFormat, useFormat } from './Interval.tsx'

const WIDTH = 120
const HEIGHT = 28
const PAD = 3

type SparklineProps = {
  label: string
  /** Equally spaced; null where nothing was measured. */
  values: readonly (number | null)[]
  format?: ChartFormat
  /** Ends of the scale; default those of the values. */
  min?: number
  max?: number
}

/** How something went lately: a line with its last value written at the end. */
export function Sparkline({ label, values, format, min, max }: SparklineProps) {
  const { t } = useI18n()
  const write = useFormat(format)
  const seen = values.filter((value): value is number => value !== null)
  const last = seen.at(-1)
  if (last === undefined) return <span class="quiet">{t('ui.chart.noValue')}</span>
  const low = min ?? Math.min(...seen)
  const high = max ?? Math.max(...seen)
  const x = (at: number) => PAD + (values.length > 1 ? (at / (values.length - 1)) * (WIDTH - 2 * PAD) : 0)
  const y = (value: number) => HEIGHT - PAD - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * PAD)
  const path = values
    .map((value, at) => {
      if (value === null) return ''
      const begins = at === 0 || values[at - 1] === null
      return `${begins ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
  return (
    <span class="sparkline">
      <svg
        dir="ltr"
        role="img"
        aria-label={`${label}: ${write(last)}`}
        width={WIDTH}
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      >
        <path class="sparkline-line" d={path} />
        <circle class="sparkline-dot" cx={x(values.lastIndexOf(last))} cy={y(last)} r={2.5} />
      </svg>
      <span class="figure" aria-hidden="true">
        {write(last)}
      </span>
    </span>
  )
}
