import { BODY_BONES, BODY_LANDMARKS, type BodyStream, nearestLook } from '@chiron/core/sight'

type BodyOverlayProps = { body: BodyStream; timeMs: number; width: number; height: number }

/** A landmark that is less likely in sight is a guess: it and its bones are not drawn. */
const MIN_DRAWN = 0.5

/** What a detector believed to see of the nearest body, drawn over the picture; dashed the person's left, nothing of the face. */
export function BodyOverlay({ body, timeMs, width, height }: BodyOverlayProps) {
  const points = nearestLook(body, timeMs)?.body ?? []
  const radius = Math.max(2, width / 240)
  const isDrawn = (at: number): boolean => (points[at]?.[3] ?? 0) >= MIN_DRAWN
  const x = (at: number): number => points[at]![0] * width
  const y = (at: number): number => points[at]![1] * height
  const bones = BODY_BONES.filter((ends) => ends.every(isDrawn))
  return (
    <svg class="clip-drawing" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <g class="clip-body" stroke-width={radius}>
        {bones.map(([from, to]) => (
          <line
            key={`${from} ${to}`}
            class={isLeft(from) && isLeft(to) ? 'clip-body-left' : undefined}
            x1={x(from)}
            y1={y(from)}
            x2={x(to)}
            y2={y(to)}
          />
        ))}
        {[...new Set(bones.flat())].map((at) => (
          <circle key={at} cx={x(at)} cy={y(at)} r={radius} />
        ))}
      </g>
    </svg>
  )
}

const isLeft = (at: number): boolean => BODY_LANDMARKS[at]?.startsWith('left_') === true
