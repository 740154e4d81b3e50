import type { TakeLimits } from '@chiron/core/episode'
import type { Cupboard } from './cupboard.ts'
import { withNotes } from './film-notes.ts'
import { hashBlob } from './hash-blob.ts'
import { judgeRecording } from './judge-recording.ts'
import { wholeFragmentBytes } from './mp4-boxes.ts'
import { type Remuxed, remux } from './remux.ts'
import type { Take, TakeNotes } from './take.ts'
import { filmName, keepTake, partPrefix } from './take-notes.ts'

/**
 * Makes a take of what was written while filming: puts the parts together, drops a cut-off end, remuxes,
 * hashes, judges and keeps it. `spare`: parts that found no room on the device.
 * @throws Refusal('take-unreadable') when no whole picture was written
 */
export async function finishTake(filmed: {
  cupboard: Cupboard
  notes: TakeNotes
  limits: TakeLimits
  spare?: ReadonlyMap<string, Blob>
}): Promise<Take> {
  const { cupboard, notes, limits, spare } = filmed
  const isGrid = notes.recording === 'avc'
  const parts = await readParts(cupboard, notes.takeId, spare)
  const recording = isGrid ? await wholeFragments(parts) : parts
  const film = await remux(recording, { fps: isGrid ? notes.fps : undefined })
  const take = await takeOf({ notes, film, limits })
  await keepTake(cupboard, take).catch(() => undefined)
  return take
}

/** The take of a film, hashed and judged, not yet kept. */
export async function takeOf(made: { notes: TakeNotes; film: Remuxed; limits: TakeLimits }): Promise<Take> {
  const { notes, film, limits } = made
  const { durationMs, width, height } = film
  const within = ({ timeMs }: { timeMs: number }): boolean => timeMs <= durationMs
  const signals = notes.signals.filter(within)
  const sights = (notes.sights ?? []).filter(within)
  const sourceTimesMs = notes.sourceTimesMs.filter((timeMs) => timeMs <= durationMs)
  const timesMs = sourceTimesMs.length > 0 ? sourceTimesMs : film.timesMs
  const isGrid = notes.recording === 'avc'
  const file = await fileOf(notes, film)
  return {
    takeId: notes.takeId,
    name: filmName(notes.takeId),
    file,
    bytes: file.size,
    sha256: await hashBlob(file),
    mimeType: film.mimeType,
    recording: notes.recording,
    constantRate: isGrid,
    durationMs,
    frameCount: film.timesMs.length,
    repeatedFrames: isGrid ? Math.max(0, film.timesMs.length - sourceTimesMs.length) : 0,
    width,
    height,
    fps: isGrid ? notes.fps : (film.timesMs.length * 1000) / durationMs,
    recordedAt: notes.recordedAt,
    context: notes.context,
    signals,
    sights,
    hands: (notes.hands ?? []).filter(within),
    cameraStartMs: notes.cameraStartMs ?? 0,
    sourceTimesMs,
    motion: notes.motion,
    verdict: judgeRecording({ durationMs, width, height, sourceTimesMs: timesMs, signals, sights, limits }),
    trim: { fromMs: film.fromMs, toMs: film.toMs },
  }
}

/** Only MP4 has room for notes: what a browser's own recorder wrote as WebM goes without. */
async function fileOf({ motion }: TakeNotes, film: Remuxed): Promise<Blob> {
  if (motion === undefined || film.mimeType !== 'video/mp4') return film.file
  return await withNotes(film.file, { version: 1, motion })
}

async function readParts(
  cupboard: Cupboard,
  takeId: string,
  spare?: ReadonlyMap<string, Blob>,
): Promise<Blob> {
  const prefix = partPrefix(takeId)
  const kept = (await cupboard.names()).filter((name) => name.startsWith(prefix) && !spare?.has(name))
  const parts: Blob[] = []
  for (const name of [...kept, ...(spare?.keys() ?? [])].sort()) {
    const part = spare?.get(name) ?? (await cupboard.get(name))
    if (part !== undefined) parts.push(part)
  }
  return new Blob(parts)
}

async function wholeFragments(recording: Blob): Promise<Blob> {
  const bytes = new Uint8Array(await recording.arrayBuffer())
  return new Blob([bytes.subarray(0, wholeFragmentBytes(bytes))])
}
