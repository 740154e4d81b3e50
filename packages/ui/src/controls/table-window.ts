/** Rows kept beyond each edge of the view, so that a flick shows rows rather than gaps. */
export const OVERSCAN_ROWS = 12

/** Browsers stop growing an element near 17 million pixels; more rows than this need a filter. */
export const MAX_TABLE_ROWS = 400_000

export type RowRange = { from: number; to: number }

/** The rows [from, to) to draw for a scroll place. */
export function rowsInView(view: {
  scrollTop: number
  viewHeight: number
  rowHeight: number
  rowCount: number
}): RowRange {
  const first = Math.floor(view.scrollTop / view.rowHeight) - OVERSCAN_ROWS
  const last = Math.ceil((view.scrollTop + view.viewHeight) / view.rowHeight) + OVERSCAN_ROWS
  const to = Math.min(view.rowCount, Math.max(0, last))
  return { from: Math.max(0, Math.min(first, to)), to }
}

/** The stretch of rows not yet loaded within a range, widened to whole pages; null when all are there. */
export function missingRows(of: {
  range: RowRange
  rowCount: number
  pageSize: number
  isLoaded: (index: number) => boolean
}): RowRange | null {
  const { range, rowCount, pageSize, isLoaded } = of
  let from = -1
  let to = -1
  for (let index = range.from; index < range.to; index += 1) {
    if (isLoaded(index)) continue
    if (from < 0) from = index
    to = index + 1
  }
  if (from < 0) return null
  return {
    from: Math.floor(from / pageSize) * pageSize,
    to: Math.min(rowCount, Math.ceil(to / pageSize) * pageSize),
  }
}

/** The scroll place that shows a row, moving as little as it can. The header covers the view's top. */
export function scrollToShow(view: {
  index: number
  scrollTop: number
  viewHeight: number
  rowHeight: number
}): number {
  const top = view.index * view.rowHeight
  const bottom = top + view.rowHeight
  if (top < view.scrollTop) return top
  if (bottom > view.scrollTop + view.viewHeight) return bottom - view.viewHeight
  return view.scrollTop
}

/** Where a key leads from a row: j/k, arrows, pages, ends. undefined for keys that do not move. */
export function rowAfterKey(of: {
  key: string
  index: number
  rowCount: number
  pageRows: number
}): number | undefined {
  const { key, index, rowCount, pageRows } = of
  const target = {
    j: index + 1,
    ArrowDown: index + 1,
    k: index - 1,
    ArrowUp: index - 1,
    PageDown: index + pageRows,
    PageUp: index - pageRows,
    Home: 0,
    End: rowCount - 1,
  }[key]
  return target === undefined || rowCount === 0 ? undefined : Math.min(rowCount - 1, Math.max(0, target))
}
