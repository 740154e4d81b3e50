import type { CorrectedMoment } from '@chiron/core/kinds'
import { Button, ErrorNote, useI18n } from '@chiron/ui'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { PointAt } from './edit-points.ts'
import { HandPoints } from './HandPoints.tsx'
import { Loupe } from './Loupe.tsx'
import { useGestures } from './use-gestures.ts'
import type { Still } from './use-still.ts'
import { fitOf, type Size, type View } from './view.ts'

type PointsStageProps = {
  src: string
  poster: string
  /** Tied to the film's element, which `still` holds at the moment asked about. */
  onVideo: (video: HTMLVideoElement | null) => void
  video: HTMLVideoElement | null
  still: Still
  moment: CorrectedMoment
  selected: PointAt | undefined
  onSelect: (at: PointAt) => void
  onMove: (at: PointAt, place: { x: number; y: number }, isGoingOn: boolean) => void
  view: View
  onView: (view: View) => void
  onStage: (stage: Size) => void
}

/** The picture of a moment with the points of its hands, to drag, move and make larger. */
export function PointsStage(props: PointsStageProps) {
  const { src, poster, onVideo, video, still, moment, selected, onSelect, onMove, view, onView } = props
  const { t } = useI18n()
  const surface = useRef<HTMLDivElement>(null)
  const stage = useSize(surface, props.onStage)
  const picture = still.picture ?? { width: 4, height: 3 }
  const fit = fitOf(stage, picture)
  const { dragged, handlers } = useGestures({
    moment,
    picture,
    stage,
    view,
    selected,
    onView,
    onSelect,
    onMove,
  })
  const inHand = dragged && moment[dragged.side]?.[dragged.joint]
  return (
    <div class="points-stage" dir="ltr" ref={surface} {...(still.state === 'ready' ? handlers : {})}>
      <div
        class="points-picture"
        style={{
          transform: `translate(${view.x + fit.x * view.zoom}px, ${view.y + fit.y * view.zoom}px) scale(${view.zoom})`,
          width: `${picture.width * fit.scale}px`,
          height: `${picture.height * fit.scale}px`,
        }}
      >
        <video
          ref={onVideo}
          src={src}
          poster={poster}
          muted
          playsInline
          preload="auto"
          disablePictureInPicture
          disableRemotePlayback
          aria-label={t('points.picture')}
        />
        {still.state === 'ready' && fit.scale > 0 && (
          <HandPoints {...{ moment, picture, selected }} unit={1 / (fit.scale * view.zoom)} />
        )}
      </div>
      {still.state === 'loading' && (
        <span class="clip-loading" role="status" dir="auto">
          {t('ui.player.loading')}
        </span>
      )}
      {still.state === 'failed' && (
        <div class="clip-failed" dir="auto">
          <ErrorNote
            happened={t('ui.player.error')}
            next={t('ui.player.errorNext')}
            action={<Button onClick={still.retry}>{t('ui.action.retry')}</Button>}
          />
        </div>
      )}
      {video && inHand?.x !== undefined && inHand.y !== undefined && (
        <Loupe {...{ video, picture, stage, view }} place={{ x: inHand.x, y: inHand.y }} />
      )}
    </div>
  )
}

/** The size of an element, as it is now and whenever it changes. */
function useSize(of: { current: HTMLDivElement | null }, onSize: (size: Size) => void): Size {
  const [size, setSize] = useState<Size>({ width: 320, height: 240 })
  useLayoutEffect(() => {
    const element = of.current
    if (!element) return
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight }
      setSize(next)
      onSize(next)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return size
}
