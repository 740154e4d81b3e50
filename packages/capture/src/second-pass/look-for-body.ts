import { type BodyAbsence, type BodyFrame, type BodyNote, type Hand, largestBody } from '@chiron/core/sight'
import { BODY_MODEL, DETECTOR_TOOL, type Detector } from '../detect/detector.ts'

/** Which looks are for the body, too, and the digest of the model that sees it; or why none is. */
export type BodyOrder = { every: number; sha256: string } | { absent: Exclude<BodyAbsence, 'failed'> }

/** Looks for the body beside the second pass. What goes wrong there is noted, and is nothing to the take. */
export function bodySeeker(detector: Detector, order: BodyOrder | undefined) {
  const frames: BodyFrame[] = []
  let absent: BodyAbsence | undefined = order !== undefined && 'absent' in order ? order.absent : undefined
  let count = 0
  return {
    /** A copy of the picture where it is one to look at; whoever asked closes it. */
    copyOf: (picture: VideoFrame): VideoFrame | undefined => {
      if (order === undefined || 'absent' in order || absent !== undefined) return undefined
      return count++ % order.every === 0 ? picture.clone() : undefined
    },
    /** `hands`: those in the same picture, where they are known; they are looked for where a body could be one of them. */
    lookAt: async (
      picture: VideoFrame,
      timeMs: number,
      hands: readonly Hand[] | undefined,
    ): Promise<void> => {
      try {
        const { bodies = [] } = await detector.look(picture.clone(), { bodies: true })
        const beside =
          bodies.length > 0 && hands === undefined
            ? (await detector.look(picture.clone(), { hands: true })).hands
            : hands
        frames.push({ timeMs, ...largestBody(bodies, beside ?? []) })
      } catch {
        absent = 'failed'
      }
    },
    note: (): BodyNote | undefined => {
      if (absent !== undefined) return { absent }
      if (order === undefined || 'absent' in order) return undefined
      const tool = { ...DETECTOR_TOOL, model: BODY_MODEL, sha256: order.sha256 }
      return { tool, clock: 'film', filmStartMs: 0, frames }
    },
  }
}
