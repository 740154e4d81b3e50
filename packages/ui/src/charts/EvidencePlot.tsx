const WIDTH = 320
const HEIGHT = 96
const PAD = { left: 8, right: 8, top: 8, bottom: 8 }
/** Below this evidence only says that nothing speaks for a change. */
const LOWEST = -3

type EvidencePlotProps = {
  label: string
  /** Logarithm of the evidence after each block. */
  values: readonly number[]
  alarmAt: number
  alarmLabel: string
}

/** Evidence as it grew, block by block, against the height at which an alarm rings. */
export function EvidencePlot({ label, values, alarmAt, alarmLabel }: EvidencePlotProps) {
  const highest = Math.max(alarmAt * 1.15, ...values)
  const x = (at: number) => PAD.left + (at / Math.max(1, values.length)) * (WIDTH - PAD.left - PAD.right)
  const y = (value: number) =>
    PAD.top + ((highest - Math.max(LOWEST, value)) / (highest - LOWEST)) * (HEIGHT - PAD.top - PAD.bottom)
  const path = [0, ...values].map(
    (value, at) => `${at === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`,
  )
  const last = values.at(-1) ?? 0
  return (
    <figure class="evidence">
      <svg dir="ltr" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <line class="plot-grid" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(0)} y2={y(0)} />
        <line class="evidence-alarm" x1={PAD.left} x2={WIDTH - PAD.right} y1={y(alarmAt)} y2={y(alarmAt)} />
        <text class="plot-note" x={PAD.left} y={y(alarmAt) + 13}>
          {alarmLabel}
        </text>
        <path class="sparkline-line" d={path.join('')} />
        <circle class="sparkline-dot" cx={x(values.length)} cy={y(last)} r={3} />
      </svg>
    </figure>
  )
}
