import { type Axis, type ChartFormat, type Measured, useFormat } from './Interval.tsx'
import { usePlotWidth } from './use-plot-width.ts'

export type ScatterPoint = { id: string; label: string; x: Required<Measured>; y: Required<Measured> }

type ScatterPlotProps = {
  label: string
  points: readonly ScatterPoint[]
  xLabel: string
  yLabel: string
  xAxis: Axis
  yAxis: Axis
  xFormat?: ChartFormat
  yFormat?: ChartFormat
}

const WIDTH = 560
const HEIGHT = 300
const PAD = { left: 58, right: 16, top: 12, bottom: 42 }
const TICKS = [0, 0.5, 1] as const

/** One value against another, each point with both of its intervals and a number that the list below explains. */
export function ScatterPlot(props: ScatterPlotProps) {
  const { label, points, xLabel, yLabel, xAxis, yAxis } = props
  const { figure, width } = usePlotWidth(WIDTH)
  const [writeX, writeY] = [useFormat(props.xFormat), useFormat(props.yFormat)]
  const at = (axis: Axis, value: number) =>
    Math.min(1, Math.max(0, (value - axis.min) / (axis.max - axis.min || 1)))
  const x = (value: number) => PAD.left + at(xAxis, value) * (width - PAD.left - PAD.right)
  const y = (value: number) => HEIGHT - PAD.bottom - at(yAxis, value) * (HEIGHT - PAD.top - PAD.bottom)
  const along = (axis: Axis, tick: number) => axis.min + tick * (axis.max - axis.min)
  return (
    <figure class="scatter" ref={figure}>
      <svg dir="ltr" viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={label}>
        {TICKS.map((tick) => {
          const [tickX, tickY] = [along(xAxis, tick), along(yAxis, tick)]
          return (
            <g key={tick}>
              <line class="plot-grid" x1={x(tickX)} x2={x(tickX)} y1={PAD.top} y2={HEIGHT - PAD.bottom} />
              <line class="plot-grid" x1={PAD.left} x2={width - PAD.right} y1={y(tickY)} y2={y(tickY)} />
              <text class="plot-tick" x={x(tickX)} y={HEIGHT - PAD.bottom + 14} text-anchor="middle">
                {writeX(tickX)}
              </text>
              <text class="plot-tick" x={PAD.left - 6} y={y(tickY) + 4} text-anchor="end">
                {writeY(tickY)}
              </text>
            </g>
          )
        })}
        <text class="plot-axis" x={(PAD.left + width) / 2} y={HEIGHT - 6} text-anchor="middle">
          {xLabel}
        </text>
        <text
          class="plot-axis"
          x={12}
          y={HEIGHT / 2 - 10}
          text-anchor="middle"
          transform={`rotate(-90 12 ${HEIGHT / 2 - 10})`}
        >
          {yLabel}
        </text>
        {points.map((point, index) => (
          <g key={point.id} class="scatter-point">
            <line
              class="plot-interval"
              x1={x(point.x.low)}
              x2={x(point.x.high)}
              y1={y(point.y.value)}
              y2={y(point.y.value)}
            />
            <line
              class="plot-interval"
              x1={x(point.x.value)}
              x2={x(point.x.value)}
              y1={y(point.y.low)}
              y2={y(point.y.high)}
            />
            <circle class="plot-dot" cx={x(point.x.value)} cy={y(point.y.value)} r={9} />
            <text class="scatter-number" x={x(point.x.value)} y={y(point.y.value) + 4} text-anchor="middle">
              {index + 1}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  )
}
