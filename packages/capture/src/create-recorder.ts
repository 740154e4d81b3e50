import type { ClockPair } from '@chiron/core/clocks'
import type { TakeLimits } from '@chiron/core/episode'
import { assert } from '@chiron/core/kit'
import { findAvcSetting } from './avc-setting.ts'
import { finishTake } from './finish-take.ts'
import type { CameraHandle } from './open-camera.ts'
import type { MotionSensors } from './open-motion.ts'
import { partWriter } from './part-writer.ts'
import { type Recording, recordAvc } from './record-avc.ts'
import { recordPlain } from './record-plain.ts'
import type { Take, TakeNotes } from './take.ts'
import { newTakeId, takeLock, writeNotes } from './take-notes.ts'
import { openTakes, takeCupboard } from './takes.ts'
import { type Eyes, type Look, watchCamera } from './watch-camera.ts'

export type RecorderOptions = {
  limits: TakeLimits
  fps?: number
  /** The app's own facts about the take (which lease), kept with it. */
  context?: Record<string, string>
  /** Feels how the phone moves while it films; closed by whoever opened it. */
  motion?: MotionSensors | undefined
  /** Looks for hands and faces while filming, as often as the plan says. */
  eyes?: (() => Eyes | undefined) | undefined
  /** Up to twenty times a second, filming or not. */
  onLook?: (look: Look) => void
  /** The longest take is reached: call `stop`. */
  onFull?: () => void
}

/**
 * Films takes from one camera, one at a time. It looks at the picture from the start; `start` films, `stop`
 * gives the take, `cancel` throws it away, `elapsedMs` is the length so far. Everything filmed is on the
 * device within about a second. `close` ends looking and filming; the camera stays open.
 */
export type Recorder = {
  start: () => Promise<void>
  stop: () => Promise<Take>
  cancel: () => Promise<void>
  elapsedMs: () => number
  close: () => void
}

type Filming = {
  notes: TakeNotes
  recording: Recording
  spare: ReadonlyMap<string, Blob>
  flush: () => Promise<void>
  release: () => void
}

/** Notes are written with every fifth part: often enough for recovery, seldom enough for an old phone. */
const PARTS_PER_NOTE = 5

export function createRecorder(camera: CameraHandle, options: RecorderOptions): Recorder {
  let filming: Filming | undefined
  let firstMs: number | undefined
  let notes: TakeNotes | undefined
  // Loaded ahead, so that filming starts at the tap; a failure shows again, and is told, at `start`.
  void import('./film-writer.ts').catch(() => undefined)
  const { limits, eyes } = options
  const watch = watchCamera(camera, {
    limits,
    eyes,
    onSight: (sight, hands) => {
      if (notes === undefined || firstMs === undefined || sight.timeMs < firstMs) return
      const timeMs = sight.timeMs - firstMs
      notes.sights?.push({ ...sight, timeMs })
      if (hands !== undefined) notes.hands?.push({ ...hands, timeMs })
    },
    onLook: (look) => {
      // The server measures motion over the same distance: only the beats are kept.
      if (look.kind === 'beat' && notes !== undefined && firstMs !== undefined && look.timeMs >= firstMs) {
        notes.signals.push({ timeMs: look.timeMs - firstMs, ...look.signals })
      }
      options.onLook?.(look)
    },
  })
  let cameraPairs: ClockPair[] = []
  const onFrame = (timeMs: number): void => {
    cameraPairs.push({ fromMs: timeMs, toMs: performance.now() })
    if (firstMs === undefined && notes !== undefined) notes.cameraStartMs = timeMs
    firstMs ??= timeMs
    notes?.sourceTimesMs.push(timeMs - firstMs)
  }
  const forget = (): void => {
    filming = undefined
    notes = undefined
    firstMs = undefined
    watch.letGo()
  }
  const end = async (): Promise<Filming> => {
    assert(filming !== undefined, 'nothing is being filmed')
    const ending = filming
    filming = undefined
    // An encoder that failed on the way does not take along what it wrote before.
    await ending.recording.stop().catch(() => undefined)
    await ending.flush()
    ending.notes.motion = options.motion?.end({ pairs: cameraPairs, startMs: cameraPairs[0]?.fromMs ?? 0 })
    forget()
    return ending
  }
  return {
    start: async () => {
      assert(filming === undefined && notes === undefined, 'a take is being filmed already')
      notes = newNotes(camera, options)
      cameraPairs = []
      options.motion?.begin()
      watch.hold()
      try {
        filming = await startFilming({ camera, options, notes, onFrame })
      } catch (error) {
        forget()
        throw error
      }
    },
    stop: async () => {
      const ended = await end()
      try {
        const { spare } = ended
        return await finishTake({
          cupboard: await takeCupboard(),
          notes: ended.notes,
          limits: options.limits,
          spare,
        })
      } finally {
        ended.release()
      }
    },
    cancel: async () => {
      const ended = await end()
      ended.release()
      await (await openTakes()).remove(ended.notes.takeId)
    },
    elapsedMs: () => notes?.sourceTimesMs.at(-1) ?? 0,
    close: () => {
      watch.close()
      // Whoever leaves while it films finds the take again, as after a killed tab.
      if (filming !== undefined)
        void end().then(
          ({ release }) => release(),
          () => undefined,
        )
    },
  }
}

function newNotes(camera: CameraHandle, options: RecorderOptions): TakeNotes {
  const { width, height } = camera
  return {
    takeId: newTakeId(),
    recordedAt: new Date().toISOString(),
    width,
    height,
    fps: options.fps ?? 30,
    recording: 'avc',
    context: options.context ?? {},
    signals: [],
    sights: [],
    hands: [],
    sourceTimesMs: [],
  }
}

async function startFilming(start: {
  camera: CameraHandle
  options: RecorderOptions
  notes: TakeNotes
  onFrame: (timeMs: number) => void
}): Promise<Filming> {
  const { camera, options, notes, onFrame } = start
  const cupboard = await takeCupboard()
  const avc = await findAvcSetting({ width: camera.width, height: camera.height, fps: notes.fps })
  notes.recording = avc === null ? 'media-recorder' : 'avc'
  const release = holdLock(takeLock(notes.takeId))
  await writeNotes(cupboard, notes).catch(() => undefined)
  const writer = partWriter(cupboard, notes.takeId, async (index) => {
    if (index % PARTS_PER_NOTE === 0) await writeNotes(cupboard, notes)
  })
  const shared = {
    camera,
    fps: notes.fps,
    maxDurationMs: options.limits.maxDurationMs,
    onFrame,
    onBytes: writer.add,
    onFull: () => options.onFull?.(),
  }
  const recording = avc === null ? await recordPlain(shared) : await recordAvc({ ...shared, avc })
  return { notes, recording, spare: writer.spare, flush: writer.flush, release }
}

/** Holds a lock that dies with the page; the returned function lets it go. */
function holdLock(name: string): () => void {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  void navigator.locks?.request(name, () => held).catch(() => undefined)
  return release
}
