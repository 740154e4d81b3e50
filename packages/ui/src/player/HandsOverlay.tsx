import { HAND_BONES, type HandStream, nearestLook } from '@chiron/core/sight'

type HandsOverlayProps = { hands: HandStream; timeMs: number; width: number; height: number }

/** What a detector believed to see of the hands, drawn over the picture; solid right, dashed left. */
export function HandsOverlay({ hands, timeMs, width, height }: HandsOverlayProps) {
  const frame = nearestLook(hands, timeMs)
  const radius = Math.max(2, width / 240)
  return (
    <svg class="clip-drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {frame?.hands.map(({ side, points }, hand) => (
        <g key={hand} class={`clip-hand clip-hand-${side}`} stroke-width={radius}>
          {HAND_BONES.map(([from, to]) => (
            <line
              key={to}
              x1={points[from]![0] * width}
              y1={points[from]![1] * height}
              x2={points[to]![0] * width}
              y2={points[to]![1] * height}
            />
          ))}
          {points.map(([x, y], at) => (
            <circle key={at} cx={x * width} cy={y * height} r={radius} />
          ))}
        </g>
      ))}
    </svg>
  )
}
