import type { WireFault } from '@chiron/contract'
import { type FaceLook, facesThatShow, likelyFaces, nearestLook } from '@chiron/core/sight'
import { fileSource } from '@chiron/formats/node'
import { handsIn } from '../read-hands.ts'
import { findFaces, SERVER_FACE_TOOL } from './find-faces.ts'

/** What a film was looked at for, and what showed. Kept with the episode, erased with it. */
export interface FaceCheck {
  tool: typeof SERVER_FACE_TOOL
  lookCount: number
  shown: FaceLook[]
  /** A person looked and found no face. `by`: the member's id. */
  dismissed?: { at: string; by: string }
}

/** Where it is told that the detector does not run. */
export interface FaceLog {
  log: { error(facts: object, words: string): void }
}

/**
 * Looks for faces that still show in a film that arrived, with the server's own detector. What a phone saw of the hands
 * takes hands out, never a certain face. Null when the detector does not run on this machine: that is logged, and the
 * film counts as unchecked.
 */
export async function checkFaces(
  { log }: FaceLog,
  file: string,
  film: { durationMs: number; width: number; height: number },
): Promise<FaceCheck | null> {
  try {
    const looks = await findFaces(file, film)
    const hands = await handsIn(await fileSource(file))
    const likely = looks.map(({ timeMs, faces }) => ({
      timeMs,
      faces: hands ? likelyFaces(faces, nearestLook(hands, timeMs)?.hands ?? []) : faces,
    }))
    return { tool: SERVER_FACE_TOOL, lookCount: looks.length, shown: facesThatShow(likely, Boolean(hands)) }
  } catch (cause) {
    log.error({ cause: String((cause as Error).stack) }, 'faces could not be looked for')
    return null
  }
}

/** As a fault of the recording, from the first to the last moment at which a face shows. */
export function faceFault({ shown }: FaceCheck): WireFault[] {
  const [first, last] = [shown[0], shown.at(-1)]
  if (!first || !last) return []
  const value = Math.max(...shown.map(({ faces }) => faces.length))
  return [
    { code: 'face-visible', severity: 'fixable', fromMs: first.timeMs, toMs: last.timeMs, value, limit: 0 },
  ]
}
