import { BODY_LANDMARKS, type BodyNote, type BodyStream, bodyBetween, nearestLook } from '@chiron/core/sight'
import type { FrameFeature } from '@chiron/formats/lerobot'
import type { PreparedVideo } from '@chiron/formats/node'
import type { EpisodeProvenance } from '@chiron/formats/proof'
import { fitPicture, placeInFit } from '@chiron/formats/video'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { blobSource, bodyIn, readableBlob, storedBlob } from '../media/index.ts'
import type { Candidate } from './choose-episodes.ts'

const AXES = ['x', 'y', 'z']

/** Whether some chosen recording shows a body: a feature that no episode has would be all NaN. */
export async function haveBody(ctx: Ctx, chosen: readonly Candidate[]): Promise<boolean> {
  for (const { episode } of chosen) {
    const key = { workspaceId: workspaceOf(ctx), id: episode.id }
    const blob = await read(ctx, (tx) => readableBlob(tx, ctx, key, 'video'))
    const stream = streamIn(await bodyIn(blobSource(ctx.deps.blobs, storedBlob(blob))))
    if (stream?.frames.some(({ body }) => body !== null)) return true
  }
  return false
}

/** NaN wherever nothing was seen. `look_seconds`: how far the nearest look is that a frame's body rests on. */
export const BODY_FEATURES: Record<string, FrameFeature> = {
  'annotation.body.points': {
    dtype: 'float32',
    names: BODY_LANDMARKS.flatMap((landmark) => AXES.map((axis) => `${landmark}.${axis}`)),
    hasGaps: true,
  },
  'annotation.body.visibility': { dtype: 'float32', names: [...BODY_LANDMARKS], hasGaps: true },
  'annotation.body.count': { dtype: 'float32', names: ['bodies'], hasGaps: true },
  'annotation.body.look_seconds': { dtype: 'float32', names: ['seconds'], hasGaps: true },
}

/** Those features of one episode, at the times its frames were filmed and in shares of the picture as the dataset has it. */
export function bodyFrames(
  note: BodyNote | undefined,
  prepared: PreparedVideo,
): Record<string, number[] | number[][]> {
  const { nativeTimesMs: timesMs, source, video } = prepared
  const stream = streamIn(note)
  const fit = fitPicture(source, video.probe)
  const seen = stream ? bodyBetween(stream, timesMs) : Array.from(timesMs, () => undefined)
  const none = (length: number): number[] => new Array<number>(length).fill(Number.NaN)
  return {
    'annotation.body.points': seen.map(
      (at) =>
        at?.body.flatMap(([x, y, z]) => [...placeInFit(fit, x, y), z * fit.share.x]) ??
        none(BODY_LANDMARKS.length * AXES.length),
    ),
    'annotation.body.visibility': seen.map(
      (at) => at?.body.map(([, , , visibility]) => visibility) ?? none(BODY_LANDMARKS.length),
    ),
    'annotation.body.count': Array.from(timesMs, (timeMs) =>
      stream ? (nearestLook(stream, timeMs)?.count ?? Number.NaN) : Number.NaN,
    ),
    'annotation.body.look_seconds': seen.map((at) => (at ? at.awayMs / 1000 : Number.NaN)),
  }
}

/** What saw the body or why nothing did, for the provenance. */
export function bodyTold(note: BodyNote | undefined): Pick<EpisodeProvenance, 'body'> {
  if (note === undefined) return {}
  if ('absent' in note) return { body: { absent: note.absent } }
  const { tool, frames } = note
  const { name, version, model, sha256 } = tool
  return { body: { tool: name, version, model, modelSha256: sha256, lookCount: frames.length } }
}

const streamIn = (note: BodyNote | undefined): BodyStream | undefined =>
  note === undefined || 'absent' in note ? undefined : note
