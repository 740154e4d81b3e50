import type { CameraHandle } from '@chiron/capture'
import { newId } from '@chiron/client'
import { type CameraScale, fitCard, type MeasuredCard, measureCard, type Point2 } from '@chiron/core/camera'
import { ActionBar, Button, Icon, useI18n } from '@chiron/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { deviceNumber } from '../../data/calibrations.ts'
import { Screen } from '../../shell/Screen.tsx'
import { CardCorners } from './CardCorners.tsx'
import { lumaOf, type Still, stillOf } from './still.ts'

type CardViewProps = {
  camera: CameraHandle
  back: string
  onKeep: (scale: CameraScale) => void
  onLost: () => void
}

const TOOL = { name: 'chiron-card', version: '1' }

/** A picture of a bank card, its corners put by hand and drawn to its edges; then the scale where it lies. */
export function CardView({ camera, back, onKeep, onLost }: CardViewProps) {
  const [still, setStill] = useState<Still | null>(null)
  useEffect(() => camera.onEnded(onLost), [camera])
  if (still === null) return <Shooting camera={camera} back={back} onStill={setStill} />
  const keep = ({ fault, ...measured }: MeasuredCard) =>
    onKeep({
      kind: 'bank-card',
      id: newId(),
      device: deviceNumber(),
      camera: camera.label,
      facing: camera.facing,
      zoom: camera.zoom,
      width: still.width,
      height: still.height,
      ...measured,
      tool: TOOL,
      madeAt: new Date().toISOString(),
    })
  return <Placing still={still} back={back} onKeep={keep} onAgain={() => setStill(null)} />
}

type ShootingProps = { camera: CameraHandle; back: string; onStill: (still: Still) => void }

function Shooting({ camera, back, onStill }: ShootingProps) {
  const { t } = useI18n()
  const video = useRef<HTMLVideoElement>(null)
  const [isReady, setReady] = useState(false)
  useEffect(() => {
    if (video.current) camera.attach(video.current)
  }, [camera])
  return (
    <Screen
      title={t('card.title')}
      back={back}
      action={
        <ActionBar>
          <Button
            kind="primary"
            size="touch"
            wide
            icon="camera"
            disabled={!isReady}
            onClick={() => video.current && onStill(stillOf(video.current))}
          >
            {t('card.take')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        <p class="board-say">
          <Icon name="money" size={24} />
          <span>{t('card.lay')}</span>
        </p>
        <div class="board-view" style={{ '--shape': camera.width / camera.height }}>
          <video
            ref={video}
            playsInline
            muted
            aria-label={t('calibrate.picture')}
            onLoadedData={() => setReady(true)}
          />
        </div>
        <p>{t('card.number')}</p>
      </div>
    </Screen>
  )
}

type PlacingProps = {
  still: Still
  back: string
  onKeep: (measured: MeasuredCard) => void
  onAgain: () => void
}

function Placing({ still, back, onKeep, onAgain }: PlacingProps) {
  const { t } = useI18n()
  const [corners, setCorners] = useState<readonly Point2[]>(() => firstCorners(still))
  const [edges, setEdges] = useState<'hand' | 'fitted' | 'unseen'>('hand')
  const [placed, setPlaced] = useState<ReadonlySet<number>>(new Set())
  const isPlaced = edges === 'fitted' || placed.size === corners.length
  const measured = isPlaced ? measureCard(corners, edges === 'fitted') : undefined
  const isGood = measured !== undefined && measured.fault === undefined
  const place = (moved: readonly Point2[], at: number) => {
    setCorners(moved)
    setPlaced(new Set([...placed, at]))
    setEdges('hand')
  }
  const fit = () => {
    const fitted = fitCard({ ...still, luma: lumaOf(still) }, corners)
    if (fitted) setCorners(fitted)
    setEdges(fitted ? 'fitted' : 'unseen')
  }
  return (
    <Screen
      title={t('card.title')}
      back={back}
      action={
        <ActionBar>
          <Button
            kind="primary"
            size="touch"
            wide
            icon="check"
            disabled={!isGood}
            onClick={() => measured && onKeep(measured)}
          >
            {t('card.keep')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        <p>{t('card.place')}</p>
        <CardCorners still={still} corners={corners} onCorners={place} />
        <Button size="touch" wide icon="hand" onClick={fit}>
          {t('card.fit')}
        </Button>
        {edges === 'unseen' && <p role="status">{t('card.unseen')}</p>}
        <CardWords measured={measured} />
        <Button size="touch" kind="quiet" icon="refresh" onClick={onAgain}>
          {t('card.again')}
        </Button>
      </div>
    </Screen>
  )
}

/** What the corners say, as they stand. */
function CardWords({ measured }: { measured: MeasuredCard | undefined }) {
  const { t, number } = useI18n()
  const fault = measured === undefined ? 'no-card' : measured.fault
  return (
    <p class="row" role="status" data-fault={fault ?? 'none'}>
      <Icon name={fault === undefined ? 'good' : 'attention'} size={20} />
      <span class="grow">
        {fault !== undefined
          ? t(`card.fault.${fault}`)
          : t('card.scale', {
              mm: number(measured!.mmPerPx, { maximumSignificantDigits: 3 }),
              error: number(measured!.errorRatio * 100, { maximumFractionDigits: 1 }),
            })}
      </span>
    </p>
  )
}

/** A card lying across, in the middle, half as wide as the picture. */
function firstCorners({ width, height }: Still): Point2[] {
  const half = { x: Math.min(width, height) / 4, y: Math.min(width, height) / 4 / 1.586 }
  return [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([x = 0, y = 0]) => ({ x: width / 2 + x * half.x, y: height / 2 + y * half.y }))
}
