/**
 * What a detector made of one picture, as far as the coach and the lights need it: numbers, no shapes. A count is
 * null where nobody looked.
 */
export type Sight = {
  timeMs: number
  handCount: number | null
  cutOffCount: number
  faceCount: number | null
}
