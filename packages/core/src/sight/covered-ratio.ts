import type { Box } from './box.ts'

/** The share of the picture that lies under at least one of the boxes, 0 … 1; what reaches over its edge does not count. */
export function coveredRatio(boxes: readonly Box[]): number {
  const inside = boxes.map(({ x, y, width, height }) => ({
    left: Math.max(0, x),
    right: Math.min(1, x + width),
    top: Math.max(0, y),
    bottom: Math.min(1, y + height),
  }))
  const columns = [...new Set(inside.flatMap(({ left, right }) => [left, right]))].sort((a, b) => a - b)
  let area = 0
  for (const [at, left] of columns.slice(0, -1).entries()) {
    const right = columns[at + 1] as number
    const spans = inside
      .filter((box) => box.left <= left && box.right >= right && box.bottom > box.top)
      .sort((a, b) => a.top - b.top)
    let covered = 0
    let end = 0
    for (const { top, bottom } of spans) {
      covered += Math.max(0, bottom - Math.max(top, end))
      end = Math.max(end, bottom)
    }
    area += covered * (right - left)
  }
  return area
}
