import { downscaleLuma, type LumaPlane } from './luma.ts'

const WIDTH_PX = 80
const COLUMNS = 5
const ROWS = 3
/** A picture that moved further than this no longer matches anywhere; that counts as moved, too. */
const REACH_PX = 8
/** Below this mean step between neighbours a block is a bare wall, which moves unseen. */
const MIN_TEXTURE = 3
/** A block has moved when another place fits so much better than its own. */
const BETTER_RATIO = 0.65
/** So bad a fit, in levels, that it is another scene. */
const FOREIGN_LEVELS = 30
/** Blocks that move with the hands are few; with the camera all of them do. */
const MOVED_SHARE = 0.5
/** Hands that reach across leave more of the scene unknown than they move. */
const FOREIGN_SHARE = 0.75
/** … and they lie all over the picture. */
const MIN_COLUMNS = 3
const AGREE_PX = 1.5

/**
 * How far the camera has moved between two pictures (of the same size), as a share of the picture's width; 0 while
 * it stands, whatever moves before it; 1 when too little is the same to tell. Blocks of the picture are sought in the other
 * one (sum of absolute differences) and vote: hands move some of them, a camera moves all.
 */
export function cameraShift(before: LumaPlane, now: LumaPlane): number {
  const a = downscaleLuma(before.luma, before.width, before.height, WIDTH_PX)
  const b = downscaleLuma(now.luma, now.width, now.height, WIDTH_PX)
  if (a.width !== b.width || a.height !== b.height) return 1
  const votes = blocksOf(a).flatMap((block) => blockShift(a, b, block) ?? [])
  if (votes.length < 4) return 0
  const moved = votes.filter(({ dx, dy }) => Math.hypot(dx, dy) >= 1)
  const carries = (some: Vote[], share: number): boolean =>
    some.length / votes.length >= share && new Set(some.map(({ left }) => left)).size >= MIN_COLUMNS
  if (
    carries(
      votes.filter(({ isForeign }) => isForeign),
      FOREIGN_SHARE,
    )
  )
    return 1
  const dx = median(moved.map((vote) => vote.dx))
  const dy = median(moved.map((vote) => vote.dy))
  const agreeing = moved.filter((vote) => Math.hypot(vote.dx - dx, vote.dy - dy) <= AGREE_PX)
  return carries(agreeing, MOVED_SHARE) ? Math.hypot(dx, dy) / a.width : 0
}

type Block = { left: number; top: number; width: number; height: number }
type Vote = { left: number; dx: number; dy: number; isForeign: boolean }

function blocksOf({ width, height }: LumaPlane): Block[] {
  const blockWidth = Math.floor((width - 2 * REACH_PX) / COLUMNS)
  const blockHeight = Math.floor((height - 2 * REACH_PX) / ROWS)
  if (blockWidth < 4 || blockHeight < 4) return []
  return Array.from({ length: COLUMNS * ROWS }, (_, at) => ({
    left: REACH_PX + (at % COLUMNS) * blockWidth,
    top: REACH_PX + Math.floor(at / COLUMNS) * blockHeight,
    width: blockWidth,
    height: blockHeight,
  }))
}

function blockShift(a: LumaPlane, b: LumaPlane, block: Block): Vote | undefined {
  if (texture(a, block) < MIN_TEXTURE) return undefined
  const mismatch = comparison(a, b, block)
  const still = mismatch({ dx: 0, dy: 0 }, Number.POSITIVE_INFINITY)
  let best = { dx: 0, dy: 0, value: still }
  for (let dy = -REACH_PX; dy <= REACH_PX; dy++) {
    for (let dx = -REACH_PX; dx <= REACH_PX; dx++) {
      const value = mismatch({ dx, dy }, best.value)
      if (value < best.value) best = { dx, dy, value }
    }
  }
  const isMoved = best.value < still * BETTER_RATIO
  return {
    left: block.left,
    dx: isMoved ? best.dx : 0,
    dy: isMoved ? best.dy : 0,
    isForeign: best.value > FOREIGN_LEVELS,
  }
}

type Step = { dx: number; dy: number }

/** Mean absolute difference of the block and its like a step away; it stops counting once it is over `limit`. */
function comparison(a: LumaPlane, b: LumaPlane, { left, top, width, height }: Block) {
  const count = width * height
  return ({ dx, dy }: Step, limit: number): number => {
    let sum = 0
    for (let row = top; row < top + height; row++) {
      const from = row * a.width + left
      const other = (row + dy) * a.width + left + dx
      for (let at = 0; at < width; at++) sum += Math.abs(a.luma[from + at]! - b.luma[other + at]!)
      if (sum > limit * count) return Number.POSITIVE_INFINITY
    }
    return sum / count
  }
}

function texture({ luma, width: stride }: LumaPlane, { left, top, width, height }: Block): number {
  let sum = 0
  for (let row = top; row < top + height; row++) {
    for (let column = left; column < left + width; column++) {
      const at = row * stride + column
      sum += Math.abs(luma[at]! - luma[at + 1]!) + Math.abs(luma[at]! - luma[at + stride]!)
    }
  }
  return sum / (2 * width * height)
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
