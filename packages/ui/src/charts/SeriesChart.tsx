import { useEffect, useRef } from 'preact/hooks'
import type uPlot from 'uplot'
import { useI18n } from '../i18n/context.tsx'
import { type ChartFormat, useFormat } from './Interval.tsx'

export type SeriesChartLine = { id: string; label: string; values: readonly (number | null)[] }

type SeriesChartProps = {
  label: string
  /** Moments in milliseconds since 1970, ascending; every line has a value or null for each. */
  timesMs: readonly number[]
  /** At most a few; each is named at its end. */
  lines: readonly SeriesChartLine[]
  format?: ChartFormat
  /** Pixels; default 180. */
  height?: number
}

const MAX_LINES = 5
const COLOURS = ['--accent-mark', '--information-mark', '--attention-mark', '--good-mark', '--bad-mark']

/** Values over time with their axes; drag to look closer, double-click to go back. Loads its drawing code when shown. */
export function SeriesChart({ label, timesMs, lines, format, height = 180 }: SeriesChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const { locale } = useI18n()
  const write = useFormat(format)
  const shown = lines.slice(0, MAX_LINES)
  useEffect(() => {
    let chart: uPlot | undefined
    let gone = false
    const observer = new ResizeObserver(() => {
      if (chart && box.current) chart.setSize({ width: box.current.clientWidth, height })
    })
    const draw = ({ default: Plot }: { default: typeof uPlot }) => {
      if (gone || !box.current) return
      const style = getComputedStyle(box.current)
      const options = chartOptions({
        style,
        lines: shown,
        write,
        locale,
        width: box.current.clientWidth,
        height,
      })
      const data = [timesMs.map((at) => at / 1000), ...shown.map(({ values }) => [...values])]
      chart = new Plot(options, data as uPlot.AlignedData, box.current)
      observer.observe(box.current)
    }
    // Without the drawing code the lines' names and last values still stand below.
    import('uplot').then(draw, () => box.current?.remove())
    return () => {
      gone = true
      observer.disconnect()
      chart?.destroy()
    }
  }, [timesMs, lines, format, height, locale])
  return (
    <figure class="series-chart" aria-label={label}>
      <div ref={box} dir="ltr" style={{ minBlockSize: `${height}px` }} />
      <figcaption class="stacked-legend">
        {shown.map((line, at) => (
          <span key={line.id} class="stacked-item">
            <span class="series-key" style={{ background: `var(${COLOURS[at]})` }} />
            {line.label}
            <span class="figure stacked-count">
              {write(line.values.findLast((value) => value !== null) ?? 0)}
            </span>
          </span>
        ))}
      </figcaption>
    </figure>
  )
}

function chartOptions(of: {
  style: CSSStyleDeclaration
  lines: readonly SeriesChartLine[]
  write: (value: number) => string
  locale: string
  width: number
  height: number
}): uPlot.Options {
  const { style, lines, write, locale, width, height } = of
  const colour = (name: string) => style.getPropertyValue(name).trim()
  const axis = {
    stroke: colour('--text-faint'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  return {
    width,
    height,
    legend: { show: false },
    cursor: { y: false },
    axes: [
      { ...axis, values: (_, splits) => splits.map((at) => day.format(at * 1000)), space: 80 },
      { ...axis, values: (_, splits) => splits.map(write), size: 56 },
    ],
    series: [
      {},
      ...lines.map((line, at) => ({
        label: line.label,
        stroke: colour(COLOURS[at] ?? '--accent-mark'),
        width: 2,
        // Each line has a stroke of its own besides its colour.
        dash: at === 0 ? [] : [4 + at * 2, 3],
        points: { show: false },
      })),
    ],
  }
}
