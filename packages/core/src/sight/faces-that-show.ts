import { boxOverlap, dilatedBox } from './box.ts'
import { CERTAIN_FACE, CLEAR_FACE, type Face } from './likely-faces.ts'

export type FaceLook = { timeMs: number; faces: Face[] }

/** Without what a phone saw of the hands, only this much counts: bare hands reach 0.65. */
const WITHOUT_HANDS = 0.75

/**
 * Whether a film that arrived still shows a face: the moments at which one is certain, or clear in two looks one after
 * the other at about the same place. One doubtful look is no face. `knowsHands`: those that are hands were taken out.
 */
export function facesThatShow(looks: readonly FaceLook[], knowsHands: boolean): FaceLook[] {
  const least = knowsHands ? CLEAR_FACE : WITHOUT_HANDS
  return looks.flatMap((look, at) => {
    const beside = [looks[at - 1], looks[at + 1]].flatMap((other) => other?.faces ?? [])
    const faces = look.faces.filter(
      (face) =>
        face.score >= CERTAIN_FACE ||
        (face.score >= least &&
          beside.some((other) => other.score >= least && boxOverlap(dilatedBox(face, 1), other) > 0)),
    )
    return faces.length > 0 ? [{ timeMs: look.timeMs, faces }] : []
  })
}
