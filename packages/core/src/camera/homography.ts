export type Point2 = { x: number; y: number }
/** A plane's places in a picture: nine numbers, row by row, the last one 1. */
export type Homography = readonly number[]

/**
 * The homography that takes four places of a plane to four points of a picture (direct linear transform, Hartley and
 * Zisserman 2004, §4.1; four points determine it). Undefined where three of either lie on a line.
 */
export function homographyOf(plane: readonly Point2[], picture: readonly Point2[]): Homography | undefined {
  const rows = plane.slice(0, 4).flatMap(({ x, y }, at) => {
    const { x: u, y: v } = picture[at] as Point2
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ]
  })
  const solved = solveLinear(rows)
  return solved && [...solved, 1]
}

/** A place of the plane in the picture. */
export function throughHomography(h: Homography, { x, y }: Point2): Point2 {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, i = 0, j = 1] = h
  const w = g * x + i * y + j
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w }
}

/**
 * How many pixels a unit of the plane is at a place, in the direction that looks longest and in the one that looks
 * shortest: the singular values of the homography's derivative there.
 */
export function stretchAt(h: Homography, place: Point2): { most: number; least: number } {
  const [a = 0, b = 0, , d = 0, e = 0, , g = 0, i = 0, j = 1] = h
  const { x, y } = throughHomography(h, place)
  const w = g * place.x + i * place.y + j
  const [xx, xy, yx, yy] = [(a - x * g) / w, (b - x * i) / w, (d - y * g) / w, (e - y * i) / w]
  const sum = xx * xx + xy * xy + yx * yx + yy * yy
  const area = Math.abs(xx * yy - xy * yx)
  const gap = Math.sqrt(Math.max(0, sum * sum - 4 * area * area))
  return { most: Math.sqrt((sum + gap) / 2), least: Math.sqrt(Math.max(0, (sum - gap) / 2)) }
}

const SINGULAR = 1e-12

/** Gauss with the largest pivot; each row ends with its right side. Undefined where there is no one solution. */
export function solveLinear(given: readonly (readonly number[])[]): number[] | undefined {
  const rows = given.map((row) => [...row])
  const size = rows.length
  const scale = Math.max(...rows.flat().map(Math.abs))
  for (let column = 0; column < size; column++) {
    let best = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row
    const pivot = rows[best] as number[]
    if (!(Math.abs(pivot[column]!) > SINGULAR * scale)) return undefined
    rows[best] = rows[column] as number[]
    rows[column] = pivot
    for (let row = 0; row < size; row++) {
      if (row === column) continue
      const factor = rows[row]![column]! / pivot[column]!
      for (let at = column; at <= size; at++) rows[row]![at]! -= factor * pivot[at]!
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!)
}
