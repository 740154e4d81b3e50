/**
 * A ChArUco board: `columns` × `rows` squares, the first one black, a marker of OpenCV's dictionary 4X4_50 in each
 * white one, numbered row by row.
 */
export type Board = { columns: number; rows: number; squareMm: number; markerMm: number }

/** Fits a sheet of A4 with a margin any printer keeps, and a tablet. */
export const BOARD: Board = { columns: 7, rows: 5, squareMm: 35, markerMm: 26 }

/** Corners between squares, which is what is looked for. */
export const BOARD_CORNER_COUNT = (BOARD.columns - 1) * (BOARD.rows - 1)

const MARKER_CELLS = 6
/** The first markers of DICT_4X4_50 as OpenCV draws them: 16 bits row by row, 1 is white. Read from the library itself. */
const MARKERS = [
  0xb532, 0x0f9a, 0x332d, 0x9946, 0x549e, 0x79cd, 0x9e2e, 0xc4f2, 0xfeda, 0xcf56, 0xf991, 0x11a7, 0x0eb7,
  0x2a0f, 0x24b1, 0x263e, 0x4665,
]

/** A black rectangle, in millimetres from the board's upper left corner. */
export type Rect = { x: number; y: number; width: number; height: number }

/** All that is black on the board. */
export function boardRects({ columns, rows, squareMm, markerMm }: Board = BOARD): Rect[] {
  const rects: Rect[] = []
  let marker = 0
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = [column * squareMm, row * squareMm]
      if ((row + column) % 2 === 0) rects.push({ x, y, width: squareMm, height: squareMm })
      else rects.push(...markerRects(marker++, { x, y, squareMm, markerMm }))
    }
  }
  return rects
}

function markerRects(
  id: number,
  { x, y, squareMm, markerMm }: { x: number; y: number; squareMm: number; markerMm: number },
): Rect[] {
  const bits = MARKERS[id] ?? 0
  const cell = markerMm / MARKER_CELLS
  const edge = (squareMm - markerMm) / 2
  const rects: Rect[] = []
  for (let row = 0; row < MARKER_CELLS; row++) {
    for (let column = 0; column < MARKER_CELLS; column++) {
      const isBorder = row === 0 || column === 0 || row === MARKER_CELLS - 1 || column === MARKER_CELLS - 1
      const place = (row - 1) * 4 + (column - 1)
      if (!isBorder && (bits >> (15 - place)) & 1) continue
      rects.push({ x: x + edge + column * cell, y: y + edge + row * cell, width: cell, height: cell })
    }
  }
  return rects
}

/** Corner `id` in millimetres, as OpenCV numbers them: row by row, from the first inner one. */
export function boardCorner(id: number, { columns, squareMm }: Board = BOARD): { x: number; y: number } {
  const perRow = columns - 1
  return { x: ((id % perRow) + 1) * squareMm, y: (Math.floor(id / perRow) + 1) * squareMm }
}

const MARGIN_MM = 10
/** Neighbours lie a little over each other: a printer would show the seams between them as white lines. */
const OVERLAP_MM = 0.02
const RULER_MM = 100

/**
 * The board as an SVG of its true size, with a line of 100 mm below: whoever prints it holds a ruler to that.
 * `rulerText` stands beside the line.
 */
export function boardSvg(rulerText: string, board: Board = BOARD): string {
  const width = board.columns * board.squareMm + 2 * MARGIN_MM
  const height = board.rows * board.squareMm + 3.5 * MARGIN_MM
  const path = boardRects(board)
    .map(
      (rect) =>
        `M${mm(rect.x + MARGIN_MM)} ${mm(rect.y + MARGIN_MM)}h${mm(rect.width + OVERLAP_MM)}v${mm(rect.height + OVERLAP_MM)}h${mm(-rect.width - OVERLAP_MM)}z`,
    )
    .join('')
  const rulerY = board.rows * board.squareMm + 2.25 * MARGIN_MM
  const ends = [MARGIN_MM, MARGIN_MM + RULER_MM].map((x) => `M${x} ${rulerY - 2}v4`).join('')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<path d="${path}" fill="#000" shape-rendering="crispEdges"/>`,
    `<path d="M${MARGIN_MM} ${rulerY}h${RULER_MM}${ends}" stroke="#000" stroke-width="0.3" fill="none"/>`,
    `<text x="${MARGIN_MM + RULER_MM + 4}" y="${rulerY + 1.5}" font-family="sans-serif" font-size="4">${escaped(rulerText)}</text>`,
    '</svg>',
  ].join('')
}

const mm = (value: number): string => String(Math.round(value * 1000) / 1000)
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
