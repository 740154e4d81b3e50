import type { CorrectedMoment, Side } from '@chiron/core/kinds'
import { HAND_BONES } from '@chiron/core/sight'
import type { PointAt } from './edit-points.ts'
import type { Size } from './view.ts'

type HandPointsProps = {
  moment: CorrectedMoment
  picture: Size
  selected: PointAt | undefined
  /** Pixels of the picture a CSS pixel is now: marks keep their size on the screen. */
  unit: number
}

const POINT_PX = 4.5
const RING_PX = 11
const BONE_PX = 2

/** The hands over the picture: solid right, dashed left; a joint that is hidden is hollow. */
export function HandPoints({ moment, picture, selected, unit }: HandPointsProps) {
  return (
    <svg class="points-hands" viewBox={`0 0 ${picture.width} ${picture.height}`} aria-hidden="true">
      <Hand side="left" {...{ moment, picture, selected, unit }} />
      <Hand side="right" {...{ moment, picture, selected, unit }} />
    </svg>
  )
}

function Hand({ side, moment, picture, selected, unit }: HandPointsProps & { side: Side }) {
  const points = moment[side]
  if (!points) return null
  const places = points.map(({ state, x, y }) =>
    x === undefined || y === undefined ? undefined : { state, x: x * picture.width, y: y * picture.height },
  )
  const chosen = selected?.side === side ? places[selected.joint] : undefined
  return (
    <g class={`points-hand points-hand-${side}`} stroke-width={BONE_PX * unit}>
      {HAND_BONES.map(([from, to]) => {
        const [one, other] = [places[from], places[to]]
        if (!one || !other) return null
        return (
          <g key={to}>
            <line
              class="points-edge"
              stroke-width={BONE_PX * 2 * unit}
              x1={one.x}
              y1={one.y}
              x2={other.x}
              y2={other.y}
            />
            <line
              stroke-dasharray={side === 'left' ? `${5 * unit} ${4 * unit}` : undefined}
              x1={one.x}
              y1={one.y}
              x2={other.x}
              y2={other.y}
            />
          </g>
        )
      })}
      {places.map(
        (place, joint) =>
          place && (
            <circle
              key={joint}
              class={`points-joint points-joint-${place.state}`}
              cx={place.x}
              cy={place.y}
              r={POINT_PX * unit}
            />
          ),
      )}
      {chosen && (
        <g class="points-chosen" stroke-width={BONE_PX * unit}>
          <circle
            class="points-edge"
            stroke-width={BONE_PX * 2 * unit}
            cx={chosen.x}
            cy={chosen.y}
            r={RING_PX * unit}
          />
          <circle cx={chosen.x} cy={chosen.y} r={RING_PX * unit} />
        </g>
      )}
    </g>
  )
}
