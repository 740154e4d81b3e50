import type { CameraHandle, Look, MotionSensors, Take } from '@chiron/capture'
import type { Lease, OfferDetail } from '@chiron/contract'
import type { TakeLimits } from '@chiron/core/episode'
import { Button, Dialog, Icon, IconButton, useI18n } from '@chiron/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { isMeasuringDue } from '../../data/calibrations.ts'
import { useBrief } from '../task/use-brief.ts'
import { buzz, iconOf, SENSES, type Spoken } from './coach-words.ts'
import { useFilming } from './use-filming.ts'

type ViewfinderProps = {
  camera: CameraHandle
  motion: MotionSensors | undefined
  lease: Lease
  offer: OfferDetail
  limits: TakeLimits
  fps: number
  facing: 'environment' | 'user'
  onTake: (take: Take) => void
  onLost: () => void
}

/** The picture fills the screen; one instruction at a time; the ring is green only while a take would pass. */
export function Viewfinder(props: ViewfinderProps) {
  const { camera, limits, offer } = props
  const { t, number } = useI18n()
  const video = useRef<HTMLVideoElement>(null)
  const filming = useFilming(props)
  const shape = useShape(video) ?? camera.width / camera.height
  const turn = turnFor(shape, limits.orientation)
  const [showsSteps, setShowsSteps] = useState(false)
  const spoken: Spoken | null = turn ?? filming.look?.coach.instruction ?? null
  const { phase } = filming
  useEffect(() => {
    if (video.current) camera.attach(video.current)
  }, [camera])
  useEffect(() => {
    if (spoken !== null) buzz(spoken === 'ready' ? 'ready' : 'mend')
  }, [spoken])
  return (
    <div class="film" data-phase={phase} data-ready={spoken === 'ready'}>
      <video ref={video} class="film-picture" playsInline muted aria-label={t('film.picture')} />
      <Guide look={filming.look} shape={shape} />
      <div class={spoken === 'ready' ? 'film-ring film-ring-good' : 'film-ring'} aria-hidden="true" />
      <div class="film-top">
        {phase === 'looking' ? (
          <IconButton icon="close" size="touch" label={t('film.leave')} href="/" class="film-button" />
        ) : (
          <span class="film-side" />
        )}
        <Spoke spoken={spoken} />
        <IconButton
          icon="help"
          size="touch"
          label={t('brief.steps')}
          class="film-button"
          onClick={() => setShowsSteps(true)}
        />
      </div>
      {phase === 'counting' && (
        <p class="film-count" role="status" aria-live="assertive">
          {number(filming.countdown)}
        </p>
      )}
      <div class="film-bottom">
        {phase === 'looking' && <MeasuringDue {...props} />}
        <Senses look={filming.look} />
        <Shutter filming={filming} limits={limits} />
      </div>
      <StepsDialog offer={offer} open={showsSteps} onClose={() => setShowsSteps(false)} />
    </div>
  )
}

/** Where the camera was measured but is another one now: the way to measure it again, for whoever wants. */
function MeasuringDue({ camera, lease, facing, limits }: ViewfinderProps) {
  const { t } = useI18n()
  const [isDue] = useState(() => isMeasuringDue(camera, facing))
  if (!isDue) return null
  return (
    <Button
      size="touch"
      icon="attention"
      class="film-due"
      href={`/calibrate?camera=${facing}&lines=${limits.minSidePx}&task=${lease.id}`}
    >
      {t('ready.measureAgain')}
    </Button>
  )
}

/**
 * Where in the picture hands and thing belong: four corners, which call attention to themselves while a hand is not all
 * inside. `shape` is the picture's width by its height: it may leave a part of the screen dark.
 */
function Guide({ look, shape }: { look: Look | null; shape: number }) {
  const outside = look?.coach.seen.some(({ code }) => code === 'hand-cut-off' || code === 'no-hands')
  return (
    <div
      class={outside ? 'film-guide film-guide-wrong' : 'film-guide'}
      style={{ '--shape': shape }}
      aria-hidden="true"
    >
      <span />
      <span />
      <span />
      <span />
    </div>
  )
}

function Spoke({ spoken }: { spoken: Spoken | null }) {
  const { t } = useI18n()
  return (
    <p class={spoken === 'ready' ? 'film-say film-say-good' : 'film-say'} role="status" aria-live="polite">
      <Icon name={spoken === null ? 'waiting' : iconOf(spoken)} size={24} />
      <span>{t(spoken === null ? 'coach.looking' : `coach.${spoken}`)}</span>
    </p>
  )
}

/** Light, sharpness, steadiness and frame rate, each as word and mark. */
function Senses({ look }: { look: Look | null }) {
  const { t, number } = useI18n()
  const isSeen = look?.sight !== undefined && look.sight.handCount !== null
  const bad = new Set<string>(look?.coach.seen.map(({ code }) => code))
  // In the dark everything looks blurred and still: saying so would not help.
  if (bad.has('too-dark'))
    for (const code of ['blurred', 'motion-blur', 'frozen', 'no-hands']) bad.delete(code)
  return (
    <ul class="film-senses">
      {SENSES.filter(({ id }) => id !== 'hands' || isSeen).map(({ id, faults }) => {
        const wrong = faults.find((code) => bad.has(code))
        const rate = look && look.fps > 0 ? number(Math.round(look.fps)) : '–'
        return (
          <li key={id} class={wrong ? 'film-sense film-sense-wrong' : 'film-sense'}>
            <Icon name={look === null ? 'waiting' : wrong ? 'attention' : 'check'} size={16} />
            {id === 'rate' ? t('sense.rate', { fps: rate }) : t(wrong ? `sense.${wrong}` : `sense.${id}`)}
          </li>
        )
      })}
    </ul>
  )
}

type ShutterProps = { filming: ReturnType<typeof useFilming>; limits: TakeLimits }

function Shutter({ filming, limits }: ShutterProps) {
  const { t, number } = useI18n()
  const { phase, elapsedMs } = filming
  const seconds = Math.floor(elapsedMs / 1000)
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  const isShort = elapsedMs < limits.minDurationMs
  const ratio = Math.min(1, elapsedMs / limits.maxDurationMs)
  if (phase === 'finishing') {
    return (
      <p class="film-time" role="status">
        {t('film.finishing')}
      </p>
    )
  }
  return (
    <div class="film-shutter">
      <p class="film-time figure" role="timer">
        {phase === 'filming' && (
          <>
            <span class="film-dot" aria-hidden="true" />
            <bdi>{clock}</bdi>
            <span class="film-goal">
              {isShort
                ? t('film.atLeast', { seconds: number(Math.ceil(limits.minDurationMs / 1000)) })
                : t('film.longEnough')}
            </span>
          </>
        )}
      </p>
      {phase === 'filming' ? (
        <button type="button" class="shutter shutter-stop" onClick={filming.stop} aria-label={t('film.stop')}>
          <svg class="shutter-progress" viewBox="0 0 80 80" aria-hidden="true">
            <circle cx="40" cy="40" r="37" pathLength={100} stroke-dasharray={`${ratio * 100} 100`} />
          </svg>
          <span class="shutter-inner" />
        </button>
      ) : (
        <button
          type="button"
          class="shutter"
          onClick={phase === 'counting' ? filming.cancelCount : filming.start}
          aria-label={t(phase === 'counting' ? 'film.cancelCount' : 'film.start')}
        >
          <span class="shutter-inner" />
        </button>
      )}
      <p class="film-hint">
        {t(
          phase === 'filming'
            ? 'film.tapToStop'
            : phase === 'counting'
              ? 'film.tapToCancel'
              : 'film.tapToStart',
        )}
      </p>
    </div>
  )
}

function StepsDialog({ offer, open, onClose }: { offer: OfferDetail; open: boolean; onClose: () => void }) {
  const { t } = useI18n()
  const brief = useBrief(offer)
  return (
    <Dialog open={open} onClose={onClose} title={t('brief.steps')} shape="sheet">
      <ol class="steps">
        {brief?.steps.map((step, at) => (
          <li key={step} class="step">
            <span class="step-number figure" aria-hidden="true">
              {at + 1}
            </span>
            <span dir="auto">{step}</span>
          </li>
        ))}
      </ol>
    </Dialog>
  )
}

/** The picture's width by its height, which changes as the phone is turned; null before the first picture. */
function useShape(video: { current: HTMLVideoElement | null }): number | null {
  const [shape, setShape] = useState<number | null>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    const look = () => {
      if (element.videoWidth > 0) setShape(element.videoWidth / element.videoHeight)
    }
    element.addEventListener('resize', look)
    element.addEventListener('loadedmetadata', look)
    look()
    return () => {
      element.removeEventListener('resize', look)
      element.removeEventListener('loadedmetadata', look)
    }
  }, [])
  return shape
}

/** Which way to turn the phone, when the campaign wants another one than the picture has. */
function turnFor(
  shape: number,
  wanted: TakeLimits['orientation'],
): Extract<Spoken, 'turn-landscape' | 'turn-portrait'> | null {
  if (wanted === 'landscape') return shape >= 1 ? null : 'turn-landscape'
  if (wanted === 'portrait') return shape >= 1 ? 'turn-portrait' : null
  return null
}
