import { expect, test } from 'vitest'
import { missingRows, OVERSCAN_ROWS, rowAfterKey, rowsInView, scrollToShow } from './table-window.ts'

const view = { viewHeight: 360, rowHeight: 36, rowCount: 50_000 }

test('UI-5 of 50 000 rows only those in view and a few beyond are drawn', () => {
  const top = rowsInView({ ...view, scrollTop: 0 })
  expect(top).toEqual({ from: 0, to: 10 + OVERSCAN_ROWS })
  const middle = rowsInView({ ...view, scrollTop: 36 * 25_000 })
  expect(middle).toEqual({ from: 25_000 - OVERSCAN_ROWS, to: 25_010 + OVERSCAN_ROWS })
  const end = rowsInView({ ...view, scrollTop: 36 * 50_000 - 360 })
  expect(end.to).toBe(50_000)
  expect(rowsInView({ ...view, scrollTop: 9999, rowCount: 3 })).toEqual({ from: 3, to: 3 })
})

test('UI-5 what is missing is asked for in whole pages, and nothing when all is loaded', () => {
  const ask = (loaded: (index: number) => boolean) =>
    missingRows({ range: { from: 95, to: 130 }, rowCount: 250, pageSize: 100, isLoaded: loaded })
  expect(ask(() => true)).toBeNull()
  expect(ask((index) => index < 100)).toEqual({ from: 100, to: 200 })
  expect(ask(() => false)).toEqual({ from: 0, to: 200 })
  const last = missingRows({
    range: { from: 240, to: 250 },
    rowCount: 250,
    pageSize: 100,
    isLoaded: () => false,
  })
  expect(last).toEqual({ from: 200, to: 250 })
})

test('UI-5 j, k, pages and ends move the row and stop at the edges', () => {
  const at = (key: string, index: number) => rowAfterKey({ key, index, rowCount: 100, pageRows: 10 })
  expect([
    at('j', 0),
    at('k', 0),
    at('ArrowDown', 99),
    at('PageDown', 50),
    at('End', 3),
    at('Home', 3),
  ]).toEqual([1, 0, 99, 60, 99, 0])
  expect(at('x', 5)).toBeUndefined()
  expect(rowAfterKey({ key: 'j', index: 0, rowCount: 0, pageRows: 10 })).toBeUndefined()
})

test('UI-5 scrolling moves no further than the row needs', () => {
  const base = { viewHeight: 360, rowHeight: 36 }
  expect(scrollToShow({ ...base, index: 5, scrollTop: 0 })).toBe(0)
  expect(scrollToShow({ ...base, index: 10, scrollTop: 0 })).toBe(36)
  expect(scrollToShow({ ...base, index: 2, scrollTop: 360 })).toBe(72)
})
