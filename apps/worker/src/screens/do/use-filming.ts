import {
  type CameraHandle,
  createRecorder,
  type Look,
  type MotionSensors,
  type Recorder,
  type Take,
} from '@chiron/capture'
import type { Lease } from '@chiron/contract'
import type { TakeLimits } from '@chiron/core/episode'
import { useEffect, useRef, useState } from 'preact/hooks'
import { calibrationInForce, scaleInForce } from '../../data/calibrations.ts'
import { buzz } from './coach-words.ts'
import { theEyes } from './eyes.ts'

/** looking → counting → filming → finishing; then the take is somebody else's. */
export type Phase = 'looking' | 'counting' | 'filming' | 'finishing'

type FilmingOptions = {
  camera: CameraHandle
  motion: MotionSensors | undefined
  lease: Lease
  limits: TakeLimits
  fps: number
  /** Which camera was asked for. */
  facing: 'environment' | 'user'
  onTake: (take: Take) => void
  onLost: () => void
}

const COUNT_FROM = 3
const TICK_MS = 250
const SECOND_MS = 1000

/** Which calibration and which scale the take is filmed under, where they fit. */
function measuresFor(camera: CameraHandle, facing: 'environment' | 'user'): Record<string, string> {
  const [calibration, scale] = [calibrationInForce(camera, facing), scaleInForce(camera)]
  return {
    ...(calibration ? { calibrationId: calibration.id } : {}),
    ...(scale ? { scaleId: scale.id } : {}),
  }
}

/** The detector, from the moment it is there: it may come while the camera is open already. */
const openEyesNow = () => {
  const eyes = theEyes()
  return eyes.state === 'open' ? eyes : undefined
}

/** The screen is drawn anew with each beat, and between two only for another instruction. */
const isNews = (now: Look, shown: Look | null): boolean =>
  now.kind === 'beat' || now.coach.instruction !== shown?.coach.instruction

/** Looks through a camera and films one take. A page that goes away, or a camera that is lost, ends the take, kept. */
export function useFilming({ camera, motion, lease, limits, fps, facing, onTake, onLost }: FilmingOptions) {
  const [phase, setPhase] = useState<Phase>('looking')
  const [look, setLook] = useState<Look | null>(null)
  const [countdown, setCountdown] = useState(COUNT_FROM)
  const [elapsedMs, setElapsedMs] = useState(0)
  const recorder = useRef<Recorder | null>(null)
  const now = useRef({ phase, onTake, onLost })
  now.current = { phase, onTake, onLost }

  const stop = async () => {
    if (now.current.phase !== 'filming' || !recorder.current) return
    now.current.phase = 'finishing'
    setPhase('finishing')
    try {
      now.current.onTake(await recorder.current.stop())
    } catch {
      now.current.onLost()
    }
  }
  const begin = async () => {
    try {
      await recorder.current?.start()
      setElapsedMs(0)
      setPhase('filming')
      buzz('mend')
    } catch {
      now.current.onLost()
    }
  }
  useEffect(() => {
    const made = createRecorder(camera, {
      limits,
      fps,
      motion,
      eyes: openEyesNow,
      context: { leaseId: lease.id, campaignId: lease.campaignId, ...measuresFor(camera, facing) },
      onLook: (now) => setLook((shown) => (isNews(now, shown) ? now : shown)),
      onFull: () => void stop(),
    })
    recorder.current = made
    const onHidden = () => document.visibilityState === 'hidden' && void stop()
    const unlisten = camera.onEnded(() => {
      if (now.current.phase === 'filming') void stop()
      else now.current.onLost()
    })
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      document.removeEventListener('visibilitychange', onHidden)
      unlisten()
      made.close()
    }
  }, [camera])
  useEffect(() => {
    if (phase !== 'counting') return
    if (countdown === 0) return void begin()
    buzz('mend')
    const timer = setTimeout(() => setCountdown((count) => count - 1), SECOND_MS)
    return () => clearTimeout(timer)
  }, [phase, countdown])
  useEffect(() => {
    if (phase !== 'filming') return
    const timer = setInterval(() => setElapsedMs(recorder.current?.elapsedMs() ?? 0), TICK_MS)
    return () => clearInterval(timer)
  }, [phase])
  return {
    phase,
    look,
    countdown: Math.max(1, countdown),
    elapsedMs,
    start: () => {
      setCountdown(COUNT_FROM)
      setPhase('counting')
    },
    cancelCount: () => setPhase('looking'),
    stop: () => void stop(),
  }
}
