import { useLayoutEffect, useRef } from 'preact/hooks'
import { fitOf, type Size, type View } from './view.ts'

const SIZE_PX = 120
/** How far above the finger its middle lies. */
const ABOVE_PX = 104
const LARGER = 2.5

type LoupeProps = {
  video: HTMLVideoElement
  picture: Size
  stage: Size
  view: View
  /** The point in hand, in shares of the picture. */
  place: { x: number; y: number }
}

/** What lies under the finger, larger and above it, with the point in its middle; below the finger where there is no room above. */
export function Loupe({ video, picture, stage, view, place }: LoupeProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const fit = fitOf(stage, picture)
  const atX = (fit.x + place.x * picture.width * fit.scale) * view.zoom + view.x
  const atY = (fit.y + place.y * picture.height * fit.scale) * view.zoom + view.y
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const scale = fit.scale * view.zoom * LARGER
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, SIZE_PX * 2, SIZE_PX * 2)
    // Twice as many pixels as CSS has: phones have them.
    context.setTransform(2 * scale, 0, 0, 2 * scale, SIZE_PX, SIZE_PX)
    context.drawImage(
      video,
      -place.x * picture.width,
      -place.y * picture.height,
      picture.width,
      picture.height,
    )
  })
  const isAbove = atY - ABOVE_PX - SIZE_PX / 2 > 0
  const left = Math.min(stage.width - SIZE_PX, Math.max(0, atX - SIZE_PX / 2))
  const top = atY + (isAbove ? -ABOVE_PX : ABOVE_PX) - SIZE_PX / 2
  return (
    <div class="points-loupe" style={{ left: `${left}px`, top: `${top}px` }} aria-hidden="true">
      <canvas ref={canvas} width={SIZE_PX * 2} height={SIZE_PX * 2} />
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <path class="points-edge" d="M60 42v12m0 12v12M42 60h12m12 0h12" />
        <path d="M60 42v12m0 12v12M42 60h12m12 0h12" />
      </svg>
    </div>
  )
}
