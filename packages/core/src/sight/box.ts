import { z } from 'zod'

/** A rectangle in a picture, in shares of its width and height from the top left; it may reach over the edge. */
export const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Box = z.infer<typeof boxSchema>

/** The box made larger on every side by a share of its own size, and cut at the edge of the picture. */
export function dilatedBox({ x, y, width, height }: Box, ratio: number): Box {
  const left = Math.max(0, x - width * ratio)
  const top = Math.max(0, y - height * ratio)
  return {
    x: left,
    y: top,
    width: Math.max(0, Math.min(1, x + width * (1 + ratio)) - left),
    height: Math.max(0, Math.min(1, y + height * (1 + ratio)) - top),
  }
}

/** What lies in both boxes; undefined where they do not overlap. */
export function boxIntersection(a: Box, b: Box): Box | undefined {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  const width = Math.min(a.x + a.width, b.x + b.width) - x
  const height = Math.min(a.y + a.height, b.y + b.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

/** Area of what both have over the area of what either has: 0 apart, 1 the same (intersection over union). */
export function boxOverlap(a: Box, b: Box): number {
  const shared = boxIntersection(a, b)
  if (shared === undefined) return 0
  const both = shared.width * shared.height
  return both / (a.width * a.height + b.width * b.height - both)
}

/** The smallest box that holds both. */
export function boxAround(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}
