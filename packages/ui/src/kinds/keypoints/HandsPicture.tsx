import type { CorrectedPoint, PlacedHand, Side } from '@chiron/core/kinds'
import { HAND_BONES, type SeenHand } from '@chiron/core/sight'

type Place = { x: number; y: number } | undefined

type HandsPictureProps = {
  /** The film; its picture of `timeMs` is shown. */
  src: string
  timeMs: number
  picture: { width: number; height: number }
  label: string
  /** What the machine saw, each person's answer, and what they say together; each drawn where it is given. */
  machine?: readonly SeenHand[] | undefined
  answers?: readonly Record<Side, readonly CorrectedPoint[] | null>[] | undefined
  placed?: readonly PlacedHand[] | undefined
}

/** Hands over one picture of a film: the machine's dotted, people's thin, what they say together strong with its error round each joint. */
export function HandsPicture({ src, timeMs, picture, label, machine, answers, placed }: HandsPictureProps) {
  const { width, height } = picture
  const unit = width / 400
  const inPixels = (x: number | null | undefined, y: number | null | undefined): Place =>
    x === null || y === null || x === undefined || y === undefined
      ? undefined
      : { x: x * width, y: y * height }
  return (
    <div class="hands-picture" dir="ltr" style={{ aspectRatio: `${width} / ${height}` }}>
      {/* A touch into the picture, so that none before it is shown. */}
      <video src={`${src}#t=${(timeMs + 5) / 1000}`} preload="auto" muted playsInline aria-label={label} />
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {machine?.map(({ side, points }) => (
          <Bones
            key={side}
            name="machine"
            places={points.map(([x, y]) => inPixels(x, y))}
            strokeWidth={2 * unit}
            dash={`${unit} ${4 * unit}`}
          />
        ))}
        {answers?.flatMap((answer, at) =>
          (['left', 'right'] as const).map((side) => (
            <Bones
              key={`${at}${side}`}
              name="answer"
              places={(answer[side] ?? []).map(({ x, y }) => inPixels(x, y))}
              strokeWidth={unit}
            />
          )),
        )}
        {placed?.map(({ side, points }) => {
          const places = (points ?? []).map(({ x, y }) => inPixels(x, y))
          return (
            <g key={side}>
              <Bones name={side} places={places} strokeWidth={2 * unit} />
              {places.map(
                (place, at) =>
                  place && (
                    <circle
                      key={at}
                      class={`hands-joint hands-joint-${points?.[at]?.state}`}
                      cx={place.x}
                      cy={place.y}
                      r={Math.max(2.5 * unit, points?.[at]?.errorPx ?? 0)}
                      stroke-width={unit}
                    />
                  ),
              )}
            </g>
          )
        })}
      </svg>
    </div>
  )
}

type BonesProps = { name: string; places: readonly Place[]; strokeWidth: number; dash?: string }

function Bones({ name, places, strokeWidth, dash }: BonesProps) {
  return (
    <g class={`hands-bones hands-bones-${name}`} stroke-width={strokeWidth} stroke-dasharray={dash}>
      {HAND_BONES.map(([from, to]) => {
        const [one, other] = [places[from], places[to]]
        return one && other && <line key={to} x1={one.x} y1={one.y} x2={other.x} y2={other.y} />
      })}
    </g>
  )
}
