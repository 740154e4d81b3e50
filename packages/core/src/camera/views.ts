import { BOARD, BOARD_CORNER_COUNT } from './board.ts'

/** A corner of the board as found in a picture, in pixels. */
export type SeenCorner = { id: number; x: number; y: number }
export type View = readonly SeenCorner[]

export const MIN_VIEWS = 10
export const MIN_TILTED = 4
/** Half of the board: fewer corners tell little of how it lies. */
const MIN_CORNERS = Math.ceil(BOARD_CORNER_COUNT / 2)
/** Views closer than this share of the picture's width, corner by corner, and tilted alike are the same one again. */
const MIN_MOVE_RATIO = 0.06
/** One end of the board looks this much larger than the other. */
const TILT_RATIO = 1.12
const GRID = 3

/** Why a view is not taken: too little of the board is in it, or it shows what another showed. */
export type ViewFault = 'few-corners' | 'same-again'

export function viewFault(view: View, taken: readonly View[], widthPx: number): ViewFault | undefined {
  if (view.length < MIN_CORNERS) return 'few-corners'
  const tilt = tiltOf(view)
  const isSame = taken.some((other) => {
    const { across, down } = tiltOf(other)
    const turned = Math.hypot(across - tilt.across, down - tilt.down)
    return turned < Math.log(TILT_RATIO) && moved(view, other) < MIN_MOVE_RATIO * widthPx
  })
  return isSame ? 'same-again' : undefined
}

/** Between two looks the corners may move by this share of the picture's width: more, and the picture is blurred. */
const STEADY_RATIO = 0.004

/** What the person is to do: show (more of) the board, hold it still, or what is missing next. */
export type BoardWish = { do: 'show' | 'still' } | NextView

/** What was gathered so far. `before`: what the last look saw, taken or not. `hasTaken`: the last look was a view. */
export type BoardWatch = {
  size: { width: number; height: number }
  views: readonly View[]
  before: View
  coverage: Coverage
  wish: BoardWish
  hasTaken: boolean
}

/** Before the first look at pictures of this size. */
export function watchBoard(size: { width: number; height: number }): BoardWatch {
  return {
    size,
    views: [],
    before: [],
    coverage: coverage([], size),
    wish: { do: 'show' },
    hasTaken: false,
  }
}

/** One more look: the view is taken when it is worth it and the board stood still since the look before. */
export function lookAtBoard(watch: BoardWatch, view: View): BoardWatch {
  const { size, views, before } = watch
  const fault = viewFault(view, views, size.width)
  const isSteady = moved(view, before) < STEADY_RATIO * size.width
  const hasTaken = fault === undefined && isSteady && watch.coverage.next.do !== 'done'
  const taken = hasTaken ? [...views, view] : views
  const now = hasTaken ? coverage(taken, size) : watch.coverage
  const wouldHelp = fault === undefined && coverage([...taken, view], size).ratio > now.ratio
  const wish: BoardWish =
    now.next.do === 'done'
      ? now.next
      : fault === 'few-corners'
        ? { do: 'show' }
        : wouldHelp && !hasTaken
          ? { do: 'still' }
          : now.next
  return { size, views: taken, before: view, coverage: now, wish, hasTaken }
}

/** Mean way of the corners that both views see, in pixels; far where they share none. */
function moved(view: View, other: View): number {
  const places = new Map(other.map((corner) => [corner.id, corner]))
  const ways = view.flatMap(({ id, x, y }) => {
    const there = places.get(id)
    return there === undefined ? [] : [Math.hypot(x - there.x, y - there.y)]
  })
  return ways.length === 0 ? Number.POSITIVE_INFINITY : ways.reduce((sum, way) => sum + way, 0) / ways.length
}

/** `cells`: which of the nine parts of the picture have had a corner in them, row by row. `ratio`: 0 … 1, how far it is. */
export type Coverage = {
  cells: boolean[]
  tiltedCount: number
  viewCount: number
  ratio: number
  next: NextView
}

/** What to do next: bring the board into a part of the picture, tilt it, take more views; or nothing. */
export type NextView = { do: 'move'; cell: number } | { do: 'tilt' | 'more' | 'done' }

export function coverage(views: readonly View[], size: { width: number; height: number }): Coverage {
  const cells = new Array<boolean>(GRID * GRID).fill(false)
  const part = (value: number, of: number): number =>
    Math.min(GRID - 1, Math.max(0, Math.floor((value * GRID) / of)))
  for (const { x, y } of views.flat()) cells[part(y, size.height) * GRID + part(x, size.width)] = true
  const tiltedCount = views.filter(isTilted).length
  const viewCount = views.length
  const missing = cells.indexOf(false)
  const next: NextView =
    missing >= 0
      ? { do: 'move', cell: missing }
      : tiltedCount < MIN_TILTED
        ? { do: 'tilt' }
        : { do: viewCount < MIN_VIEWS ? 'more' : 'done' }
  const done = [
    cells.filter(Boolean).length / cells.length,
    Math.min(1, tiltedCount / MIN_TILTED),
    Math.min(1, viewCount / MIN_VIEWS),
  ]
  return {
    cells,
    tiltedCount,
    viewCount,
    ratio: done.reduce((sum, part) => sum + part, 0) / done.length,
    next,
  }
}

/** A board seen flat tells no focal length. */
function isTilted(view: View): boolean {
  const { across, down } = tiltOf(view)
  return Math.max(Math.abs(across), Math.abs(down)) > Math.log(TILT_RATIO)
}

/**
 * How much larger squares look at the board's right end than at its left (`across`), at its lower than at its upper
 * (`down`): logarithms of the ratio, 0 for a board seen flat.
 */
function tiltOf(view: View): { across: number; down: number } {
  const perRow = BOARD.columns - 1
  const places = new Map(view.map((corner) => [corner.id, corner]))
  const lengths = (step: number, group: (id: number) => number): number => {
    const groups = new Map<number, number[]>()
    for (const { id, x, y } of view) {
      const next = places.get(id + step)
      if (next === undefined || (step === 1 && id % perRow === perRow - 1)) continue
      groups.set(group(id), [...(groups.get(group(id)) ?? []), Math.hypot(next.x - x, next.y - y)])
    }
    const means = [...groups]
      .sort(([a], [b]) => a - b)
      .map(([, each]) => each.reduce((sum, value) => sum + value, 0) / each.length)
    return means.length > 1 ? Math.log(means.at(-1)! / means[0]!) : 0
  }
  // Heights of squares, column by column; widths, row by row.
  return { across: lengths(perRow, (id) => id % perRow), down: lengths(1, (id) => Math.floor(id / perRow)) }
}
