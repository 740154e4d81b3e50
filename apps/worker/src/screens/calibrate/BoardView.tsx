import type { CameraHandle } from '@chiron/capture'
import type { BoardWatch, Calibration } from '@chiron/core/camera'
import { classNames, Icon, type IconName, Meter, useI18n } from '@chiron/ui'
import { useEffect, useRef } from 'preact/hooks'
import { Screen } from '../../shell/Screen.tsx'
import { buzz } from '../do/coach-words.ts'
import { useMeasuring } from './use-measuring.ts'

type BoardViewProps = {
  camera: CameraHandle
  back: string
  onEnd: (made: Calibration | 'failed') => void
  onLost: () => void
}

type Say = BoardWatch['wish']['do']
const ICONS: Readonly<Record<Say, IconName>> = {
  show: 'eye',
  still: 'hand',
  move: 'arrow-forward',
  tilt: 'refresh',
  more: 'compare',
  done: 'good',
}

/** The picture with its nine parts: done, wanted, missing; and one thing to do. */
export function BoardView({ camera, back, onEnd, onLost }: BoardViewProps) {
  const { t } = useI18n()
  const video = useRef<HTMLVideoElement>(null)
  const { watch, isOpening } = useMeasuring(camera, onEnd)
  useEffect(() => {
    if (video.current) camera.attach(video.current)
    return camera.onEnded(onLost)
  }, [camera])
  const count = watch?.coverage.viewCount ?? 0
  useEffect(() => {
    if (count > 0) buzz('ready')
  }, [count])
  const say = watch?.wish.do ?? 'show'
  const size = watch?.size ?? camera
  return (
    <Screen title={t('calibrate.title')} back={back}>
      <div class="stack">
        <p class="board-say" role="status" aria-live="polite">
          <Icon name={isOpening ? 'waiting' : ICONS[say]} size={24} />
          <span>{t(isOpening ? 'calibrate.opening' : `calibrate.say.${say}`)}</span>
        </p>
        <div class="board-view" style={{ '--shape': size.width / size.height }}>
          <video ref={video} playsInline muted aria-label={t('calibrate.picture')} />
          {watch !== null && <Parts watch={watch} />}
        </div>
        <Meter
          label={t('calibrate.progress')}
          ratio={watch?.coverage.ratio ?? 0}
          valueText={t('calibrate.views', { n: count })}
        />
      </div>
    </Screen>
  )
}

function Parts({ watch: { coverage, wish, before, size } }: { watch: BoardWatch }) {
  const wanted = wish.do === 'move' ? wish.cell : undefined
  const radius = size.width / 160
  return (
    <>
      <div class="board-parts" aria-hidden="true">
        {coverage.cells.map((isDone, cell) => (
          <span
            key={cell}
            class={classNames(
              'board-part',
              isDone && 'board-part-done',
              cell === wanted && 'board-part-wanted',
            )}
          >
            {isDone && <Icon name="check" size={18} />}
            {cell === wanted && <Icon name="plus" size={24} />}
          </span>
        ))}
      </div>
      <svg class="board-corners" viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {before.map(({ id, x, y }) => (
          <circle key={id} cx={x} cy={y} r={radius} />
        ))}
      </svg>
    </>
  )
}
