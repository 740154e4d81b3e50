import type { Point2 } from '@chiron/core/camera'
import { classNames, IconButton, useI18n } from '@chiron/ui'
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Still } from './still.ts'

type CardCornersProps = {
  still: Still
  /** In pixels of the still. */
  corners: readonly Point2[]
  /** `moved`: which of them. */
  onCorners: (corners: readonly Point2[], moved: number) => void
}

const STEPS = [
  { key: 'ArrowUp', x: 0, y: -1 },
  { key: 'ArrowLeft', x: -1, y: 0 },
  { key: 'ArrowRight', x: 1, y: 0 },
  { key: 'ArrowDown', x: 0, y: 1 },
] as const
const LONG_STEP = 10
const LENS_PX = 132
/** How many pixels of the still the magnifier shows across. */
const LENS_SHOWS = 44

/** Four points over the still: dragged, or moved pixel by pixel with keys and buttons, the chosen one under a magnifier. */
export function CardCorners({ still, corners, onCorners }: CardCornersProps) {
  const { t } = useI18n()
  const view = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState(0)
  useEffect(() => {
    if (view.current && still.canvas.parentElement !== view.current) view.current.prepend(still.canvas)
  }, [still])
  const move = (at: number, to: Point2) => {
    const inside = {
      x: Math.min(still.width, Math.max(0, to.x)),
      y: Math.min(still.height, Math.max(0, to.y)),
    }
    onCorners(
      corners.map((corner, other) => (other === at ? inside : corner)),
      at,
    )
  }
  const nudge = (at: number, x: number, y: number) => {
    const corner = corners[at] as Point2
    move(at, { x: corner.x + x, y: corner.y + y })
  }
  const drag = (event: TargetedPointerEvent<HTMLButtonElement>, at: number) => {
    const box = view.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    move(at, {
      x: ((event.clientX - box.left) / box.width) * still.width,
      y: ((event.clientY - box.top) / box.height) * still.height,
    })
  }
  const press = (event: TargetedKeyboardEvent<HTMLButtonElement>, at: number) => {
    const step = STEPS.find(({ key }) => key === event.key)
    if (step === undefined) return
    event.preventDefault()
    const far = event.shiftKey ? LONG_STEP : 1
    nudge(at, step.x * far, step.y * far)
  }
  const shape = corners.map(({ x, y }) => `${x},${y}`).join(' ')
  return (
    <>
      <div class="board-view card-view" ref={view} style={{ '--shape': still.width / still.height }}>
        <svg class="card-shape" viewBox={`0 0 ${still.width} ${still.height}`} aria-hidden="true">
          <polygon points={shape} />
        </svg>
        {corners.map(({ x, y }, at) => (
          <button
            key={at}
            type="button"
            class={classNames('card-corner', at === chosen && 'card-corner-chosen')}
            style={{ left: `${(x / still.width) * 100}%`, top: `${(y / still.height) * 100}%` }}
            aria-label={t('card.corner', { n: at + 1 })}
            aria-pressed={at === chosen}
            onFocus={() => setChosen(at)}
            onKeyDown={(event) => press(event, at)}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              setChosen(at)
            }}
            onPointerMove={(event) => drag(event, at)}
          />
        ))}
      </div>
      <div class="card-tools">
        <Lens still={still} corner={corners[chosen] as Point2} />
        <div class="card-nudges">
          {STEPS.map(({ key, x, y }) => (
            <IconButton
              key={key}
              class={`card-nudge-${key}`}
              size="touch"
              icon="up"
              label={t(`card.nudge.${key}`)}
              onClick={() => nudge(chosen, x, y)}
            />
          ))}
        </div>
      </div>
    </>
  )
}

/** What lies around a corner, three times as large, with the corner in its middle. */
function Lens({ still, corner }: { still: Still; corner: Point2 }) {
  const { t } = useI18n()
  const lens = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = lens.current?.getContext('2d')
    if (!context) return
    context.imageSmoothingEnabled = false
    context.clearRect(0, 0, LENS_PX, LENS_PX)
    const from = { x: corner.x - LENS_SHOWS / 2, y: corner.y - LENS_SHOWS / 2 }
    context.drawImage(still.canvas, from.x, from.y, LENS_SHOWS, LENS_SHOWS, 0, 0, LENS_PX, LENS_PX)
  }, [still, corner])
  return (
    <span class="card-lens" role="img" aria-label={t('card.lens')}>
      <canvas ref={lens} width={LENS_PX} height={LENS_PX} />
    </span>
  )
}
