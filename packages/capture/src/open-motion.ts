import { alignClocks, type ClockPair, inverseAlignment, joinAlignments } from '@chiron/core/clocks'
import { MAX_MOTION_SAMPLES, type MotionStream, orientationQuaternion } from '@chiron/core/motion'

/** Why nothing is felt: the person said no, or the device has no such sensors (or the page no right to them). */
export type MotionRefusal = 'no-permission' | 'unsupported'

/**
 * The phone's sensors while they are listened to. `begin` forgets what was felt before; `end` gives what was felt
 * since, on the sensors' own clock, with how it stands to the camera's. Undefined when nothing was felt.
 */
export type MotionSensors = {
  begin: () => void
  end: (camera: { pairs: readonly ClockPair[]; startMs: number }) => MotionStream | undefined
  close: () => void
}

type Asking = { requestPermission?: () => Promise<'granted' | 'denied'> }
type Felt = {
  motion: MotionStream['motion']
  orientation: MotionStream['orientation']
  pairs: ClockPair[]
}

const DECIMALS = 1e4
const RADIANS = Math.PI / 180

/**
 * Asks for the right to feel how the phone moves where the browser wants that asked (iOS, and only in answer to a tap),
 * and listens. Never throws.
 */
export async function openMotion(): Promise<MotionSensors | { refused: MotionRefusal }> {
  if (typeof DeviceMotionEvent !== 'function' || globalThis.isSecureContext !== true) {
    return { refused: 'unsupported' }
  }
  try {
    const { requestPermission } = DeviceMotionEvent as Asking
    if (requestPermission !== undefined && (await requestPermission()) !== 'granted')
      return { refused: 'no-permission' }
  } catch {
    return { refused: 'no-permission' }
  }
  return listen()
}

function listen(): MotionSensors {
  let felt = nothingFelt()
  const onMotion = (event: DeviceMotionEvent): void => feelMotion(felt, event)
  const onOrientation = (event: DeviceOrientationEvent): void => feelOrientation(felt, event)
  addEventListener('devicemotion', onMotion)
  addEventListener('deviceorientation', onOrientation)
  return {
    begin: () => {
      felt = nothingFelt()
    },
    end: ({ pairs, startMs }) => {
      const { motion, orientation, pairs: sensorPairs } = felt
      felt = nothingFelt()
      const toPage = alignClocks(sensorPairs)
      const cameraToPage = alignClocks(pairs)
      if (toPage === undefined || cameraToPage === undefined) return undefined
      const toCamera = joinAlignments(toPage, inverseAlignment(cameraToPage))
      return { motion, orientation, toCamera, cameraStartMs: startMs }
    },
    close: () => {
      removeEventListener('devicemotion', onMotion)
      removeEventListener('deviceorientation', onOrientation)
    },
  }
}

function nothingFelt(): Felt {
  return {
    motion: { timesMs: [], acceleration: [], rotationRate: [] },
    orientation: { timesMs: [], quaternion: [], isAbsolute: false },
    pairs: [],
  }
}

const rounded = (value: number): number => Math.round(value * DECIMALS) / DECIMALS
const isNumber = (value: number | null | undefined): value is number => Number.isFinite(value)

/** A desktop sends one event full of nulls: that is no sample. Times that stand or go back are none either. */
function feelMotion({ motion, pairs }: Felt, event: DeviceMotionEvent): void {
  const { accelerationIncludingGravity: force, rotationRate: turn } = event
  const [x, y, z] = [force?.x, force?.y, force?.z]
  // alpha turns about z, beta about x, gamma about y.
  const [a, b, c] = [turn?.beta, turn?.gamma, turn?.alpha]
  if (![x, y, z, a, b, c].every(isNumber) || !isNext(motion.timesMs, event.timeStamp)) return
  motion.timesMs.push(event.timeStamp)
  motion.acceleration.push([rounded(x as number), rounded(y as number), rounded(z as number)])
  motion.rotationRate.push([
    rounded((a as number) * RADIANS),
    rounded((b as number) * RADIANS),
    rounded((c as number) * RADIANS),
  ])
  pairs.push({ fromMs: event.timeStamp, toMs: performance.now() })
}

function feelOrientation({ orientation, pairs }: Felt, event: DeviceOrientationEvent): void {
  const { alpha, beta, gamma } = event
  if (!isNumber(alpha) || !isNumber(beta) || !isNumber(gamma)) return
  if (!isNext(orientation.timesMs, event.timeStamp)) return
  const [x, y, z, w] = orientationQuaternion(alpha, beta, gamma)
  orientation.timesMs.push(event.timeStamp)
  orientation.quaternion.push([rounded(x), rounded(y), rounded(z), rounded(w)])
  orientation.isAbsolute = event.absolute
  pairs.push({ fromMs: event.timeStamp, toMs: performance.now() })
}

function isNext(timesMs: readonly number[], timeMs: number): boolean {
  return timesMs.length < MAX_MOTION_SAMPLES && timeMs > (timesMs.at(-1) ?? Number.NEGATIVE_INFINITY)
}
