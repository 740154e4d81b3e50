import type { CameraHandle } from '@chiron/capture'
import { accountRoutes, calibrationRoutes } from '@chiron/contract'
import {
  type Calibration,
  type CameraNow,
  type CameraScale,
  type StaleReason,
  staleReasons,
  staleScale,
} from '@chiron/core/camera'
import { CAMERAS_KEY } from './cameras-key.ts'
import { client } from './client.ts'

/** As many as a phone has cameras and sizes in use, and a few of before, for takes that have not left. */
const MAX_KEPT = 12

type Facing = 'environment' | 'user'
type Seen = Omit<CameraNow, 'nowMs'>

/**
 * What this phone knows of its cameras. `device`: its own number, drawn here. `seen`: what a camera was when it was last
 * open, so that one may say beforehand that a calibration no longer fits. `told`: id and team of what a team has.
 */
type Kept = {
  device: string
  calibrations: Calibration[]
  /** By bank cards. Phones that were measured before there was such a thing have none. */
  scales?: CameraScale[]
  seen: Partial<Record<Facing, Seen>>
  told: string[]
}

function read(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(CAMERAS_KEY) ?? 'null') as Kept | null
    if (kept !== null) return kept
  } catch {
    // Unreadable is as good as nothing: it is measured again.
  }
  return { device: newDevice(), calibrations: [], seen: {}, told: [] }
}

function newDevice(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

function write(change: Partial<Kept>): void {
  try {
    localStorage.setItem(CAMERAS_KEY, JSON.stringify({ ...read(), ...change }))
  } catch {
    // A browser without room measures again another time.
  }
}

/** This phone's number among its owner's phones; it says nothing to anybody else. */
export function deviceNumber(): string {
  const { device } = read()
  write({ device })
  return device
}

/** Keeps it on this phone, the newest first. */
export function keepCalibration(calibration: Calibration): void {
  write({ calibrations: [calibration, ...read().calibrations].slice(0, MAX_KEPT) })
}

/** The one a take was filmed under. */
export const calibrationById = (id: string | undefined): Calibration | undefined =>
  read().calibrations.find((calibration) => calibration.id === id)

/** Keeps a bank card's scale on this phone, the newest first. */
export function keepScale(scale: CameraScale): void {
  write({ scales: [scale, ...(read().scales ?? [])].slice(0, MAX_KEPT) })
}

/** The scale a take was filmed under. */
export const scaleById = (id: string | undefined): CameraScale | undefined =>
  read().scales?.find((scale) => scale.id === id)

/** The newest scale that fits the open camera in all respects. */
export function scaleInForce(camera: CameraHandle): CameraScale | undefined {
  const now = { ...nowOf(camera), nowMs: Date.now() }
  return read().scales?.find((scale) => staleScale(scale, now).length === 0)
}

/** The newest scale of the camera on that side, and why it no longer counts. */
export function scaleState(facing: Facing): { scale: CameraScale | undefined; stale: StaleReason[] } {
  const { scales = [], seen } = read()
  const scale = scales.find((each) => (each.facing ?? facing) === facing)
  if (scale === undefined) return { scale, stale: [] }
  const { camera, width, height, zoom } = scale
  const now = seen[facing] ?? { camera, width, height, zoom }
  return { scale, stale: staleScale(scale, { ...now, nowMs: Date.now() }) }
}

const nowOf = ({ label: camera, width, height, zoom }: CameraHandle): Seen => ({
  camera,
  width,
  height,
  zoom,
})

/** The newest that fits the open camera in all respects; remembers the camera for `cameraState`. */
export function calibrationInForce(camera: CameraHandle, facing: Facing): Calibration | undefined {
  const { calibrations, seen } = read()
  const now = nowOf(camera)
  write({ seen: { ...seen, [facing]: now } })
  return calibrations.find(
    (calibration) => staleReasons(calibration, { ...now, nowMs: Date.now() }).length === 0,
  )
}

const DAY_MS = 24 * 3_600_000

/**
 * Whether the open camera should be measured again: a calibration was made, but none fits it now; or a scale of the last
 * day no longer counts.
 */
export function isMeasuringDue(camera: CameraHandle, facing: Facing): boolean {
  const { calibrations, scales = [] } = read()
  const now = { ...nowOf(camera), nowMs: Date.now() }
  const isOwn = (measure: { facing: Facing | null }) => (measure.facing ?? facing) === facing
  const own = calibrations.filter(isOwn)
  const recent = scales.filter((scale) => isOwn(scale) && now.nowMs - Date.parse(scale.madeAt) < DAY_MS)
  return (
    (own.length > 0 && own.every((calibration) => staleReasons(calibration, now).length > 0)) ||
    (recent.length > 0 && recent.every((scale) => staleScale(scale, now).length > 0))
  )
}

/** What is known of the camera on that side before it is open, and why it should be measured anew. */
export function cameraState(facing: Facing): { calibration: Calibration | undefined; stale: StaleReason[] } {
  const { calibrations, seen } = read()
  const now = seen[facing]
  const own = calibrations.filter((calibration) => (calibration.facing ?? facing) === facing)
  const fitting = own.find(({ camera, intrinsics: { width, height } }) =>
    now === undefined ? true : camera === now.camera && width === now.width && height === now.height,
  )
  const calibration = fitting ?? own[0]
  if (calibration === undefined) return { calibration, stale: [] }
  const { camera, intrinsics, zoom } = calibration
  const { width, height } = intrinsics
  return {
    calibration,
    stale: staleReasons(calibration, { nowMs: Date.now(), ...(now ?? { camera, width, height, zoom }) }),
  }
}

/** Tells each of one's teams what it does not know yet. Without a network it waits for the next time, or for a take. */
export async function tellTeams(): Promise<void> {
  const { calibrations, scales = [], told } = read()
  const me = await client.call(accountRoutes.me)
  if (me.as !== 'worker') return
  for (const calibration of [...calibrations, ...scales]) {
    for (const { id: workspaceId } of me.workspaces) {
      const mark = `${calibration.id} ${workspaceId}`
      if (told.includes(mark)) continue
      await client.call(calibrationRoutes.keep, { body: { workspaceId, calibration } })
      const kept = read()
      const ids = [...kept.calibrations, ...(kept.scales ?? [])].map(({ id }) => id)
      write({ told: [...read().told, mark].filter((each) => ids.includes(each.split(' ')[0] ?? '')) })
    }
  }
}
