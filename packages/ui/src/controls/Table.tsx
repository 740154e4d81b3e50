import type { ComponentChildren } from 'preact'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { Icon } from './Icon.tsx'
import { Skeleton } from './Skeleton.tsx'
import { TableTools } from './TableTools.tsx'
import {
  MAX_TABLE_ROWS,
  missingRows,
  type RowRange,
  rowAfterKey,
  rowsInView,
  scrollToShow,
} from './table-window.ts'
import { useKeys } from './use-keys.ts'

export type Column<Row> = {
  key: string
  title: string
  /** CSS width; columns without one share what is left. */
  width?: string
  /** Figures stand at the line's end. */
  numeric?: boolean
  sortable?: boolean
  cell: (row: Row) => ComponentChildren
}

export type TableSort = { key: string; descending: boolean }

export type TableProps<Row> = {
  /** Named aloud. */
  label: string
  columns: readonly Column<Row>[]
  /** All rows there are, loaded or not. For a cursor list: the loaded ones plus a few while more exist. */
  rowCount: number
  /** The row at a place; undefined while it is not loaded. */
  rowAt: (index: number) => Row | undefined
  rowKey: (row: Row) => string
  /** Rows in view are not loaded: fetch [from, to), which are whole pages. Called once a stretch. */
  onNeed?: (range: RowRange) => void
  pageSize?: number
  /** Enter, a click: open the row. */
  onOpen?: (row: Row) => void
  filter?: { text: string; onText: (text: string) => void }
  sort?: { value: TableSort | null; onSort: (sort: TableSort) => void }
  /** The whole table's height (CSS); default fills what holds it. */
  height?: string
  /** Replaces '12 rows', where only a part of them is known of. */
  countText?: string
  /** Beside the filter: export, new. */
  actions?: ComponentChildren
  /** When rowCount is 0 and nothing is filtered. */
  empty?: ComponentChildren
  /** j/k work anywhere on the page, not only when the table has the focus. */
  pageKeys?: boolean
}

const ROW_PAGE = 100

/** Rows of any number: only those in view exist; pages are fetched as they are scrolled to. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rowAt, rowKey, onOpen, filter, sort, empty, height, actions } = props
  const rowCount = Math.min(props.rowCount, MAX_TABLE_ROWS)
  const { t } = useI18n()
  const box = useRef<HTMLElement>(null)
  const filterInput = useRef<HTMLInputElement>(null)
  const [at, setAt] = useState(0)
  const { range, rowHeight, onScroll, show } = useWindow(box, rowCount)
  useMissing(props, range, rowCount)
  const focused = Math.min(at, Math.max(0, rowCount - 1))
  const move = (key: string) => {
    const pageRows = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / rowHeight) - 2)
    const next = rowAfterKey({ key, index: focused, rowCount, pageRows })
    if (next === undefined) return false
    setAt(next)
    show(next)
    return true
  }
  const open = () => {
    const row = rowAt(focused)
    if (row !== undefined) onOpen?.(row)
  }
  useTableKeys({ ...props, move, open, focusFilter: () => filterInput.current?.focus() })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current || event.ctrlKey || event.metaKey) return
    if (event.key === 'Enter') open()
    else if (!move(event.key)) return
    event.preventDefault()
  }
  const rows = Array.from({ length: range.to - range.from }, (_, offset) => range.from + offset)
  return (
    <div class="table" style={{ blockSize: height }}>
      {(filter || actions) && (
        <TableTools
          filter={filter}
          countText={props.countText ?? t('ui.table.rows', { n: props.rowCount })}
          actions={actions}
          inputRef={filterInput}
        />
      )}
      <section
        class="table-scroll"
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <table
          aria-label={label}
          aria-rowcount={rowCount + 1}
          style={{ '--table-least': `${leastWidthPx(columns)}px` }}
        >
          <colgroup>
            {columns.map((column) => (
              <col key={column.key} style={{ inlineSize: column.width }} />
            ))}
          </colgroup>
          <TableHead columns={columns} sort={sort} />
          <tbody>
            <Gap height={range.from * rowHeight} columns={columns.length} />
            {rows.map((index) => (
              <TableRow
                key={index}
                index={index}
                row={rowAt(index)}
                rowKey={rowKey}
                columns={columns}
                focused={index === focused}
                onPress={(row) => {
                  setAt(index)
                  onOpen?.(row)
                }}
                opens={onOpen !== undefined}
              />
            ))}
            <Gap height={(rowCount - range.to) * rowHeight} columns={columns.length} />
          </tbody>
        </table>
        {rowCount === 0 && (
          <div class="table-empty">
            {filter?.text ? t('ui.table.noMatch', { filter: filter.text }) : (empty ?? t('ui.table.empty'))}
          </div>
        )}
      </section>
    </div>
  )
}

const UNSIZED_PX = 190

/** What its columns need to be read: on a narrow window it is not wider than that. */
const leastWidthPx = (columns: readonly { width?: string }[]): number =>
  columns.reduce((sum, { width }) => sum + (Number.parseFloat(width ?? '') || UNSIZED_PX), 0)

function useWindow(box: { current: HTMLElement | null }, rowCount: number) {
  const [place, setPlace] = useState({ scrollTop: 0, viewHeight: 600, rowHeight: 36 })
  const measure = useCallback(() => {
    const element = box.current
    if (!element) return
    const rowHeight = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row-height')) || 36
    const viewHeight = Math.min(element.clientHeight, window.innerHeight)
    setPlace((before) => {
      const same = before.viewHeight === viewHeight && before.rowHeight === rowHeight
      if (same && before.scrollTop === element.scrollTop) return before
      return { scrollTop: element.scrollTop, viewHeight, rowHeight }
    })
  }, [])
  useLayoutEffect(() => {
    measure()
    const observer = new ResizeObserver(measure)
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const show = (index: number) => {
    const element = box.current
    if (!element) return
    const headHeight = element.querySelector('thead')?.clientHeight ?? 0
    const { rowHeight } = place
    const viewHeight = element.clientHeight - headHeight
    element.scrollTop = scrollToShow({ index, scrollTop: element.scrollTop, viewHeight, rowHeight })
  }
  return { range: rowsInView({ ...place, rowCount }), rowHeight: place.rowHeight, onScroll: measure, show }
}

function useMissing<Row>(props: TableProps<Row>, range: RowRange, rowCount: number): void {
  const { rowAt, onNeed, pageSize = ROW_PAGE } = props
  const missing = missingRows({ range, rowCount, pageSize, isLoaded: (index) => rowAt(index) !== undefined })
  const key = missing ? `${missing.from}-${missing.to}-${rowCount}-${props.filter?.text ?? ''}` : ''
  useEffect(() => {
    if (missing) onNeed?.(missing)
  }, [key])
}

type TableKeys<Row> = TableProps<Row> & {
  move: (key: string) => boolean
  open: () => void
  focusFilter: () => void
}

function useTableKeys<Row>({ pageKeys, filter, onOpen, move, open, focusFilter }: TableKeys<Row>): void {
  const { t } = useI18n()
  const rows = [
    { keys: 'j', label: t('ui.table.keyDown'), run: () => move('j') },
    { keys: 'k', label: t('ui.table.keyUp'), run: () => move('k') },
    ...(onOpen ? [{ keys: 'Enter', label: t('ui.table.keyOpen'), run: open }] : []),
  ]
  useKeys([
    ...(pageKeys ? rows : []),
    ...(filter ? [{ keys: '/', label: t('ui.table.keyFilter'), run: focusFilter }] : []),
  ])
}

function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr class="table-gap" style={{ blockSize: `${height}px` }}>
      <td colSpan={columns} />
    </tr>
  )
}

type TableHeadProps<Row> = Pick<TableProps<Row>, 'columns' | 'sort'>

function TableHead<Row>({ columns, sort }: TableHeadProps<Row>) {
  const { t } = useI18n()
  return (
    <thead>
      <tr>
        {columns.map((column) => {
          const sorted = sort?.value?.key === column.key ? sort.value : null
          const order = sorted ? (sorted.descending ? 'descending' : 'ascending') : undefined
          return (
            <th key={column.key} scope="col" class={column.numeric ? 'cell-numeric' : ''} aria-sort={order}>
              {column.sortable && sort ? (
                <button
                  type="button"
                  class="table-sort"
                  title={t('ui.table.sort', { column: column.title })}
                  onClick={() =>
                    sort.onSort({ key: column.key, descending: sorted ? !sorted.descending : false })
                  }
                >
                  {column.title}
                  {sorted && <Icon name={sorted.descending ? 'down' : 'up'} size={14} />}
                </button>
              ) : (
                column.title
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

type TableRowProps<Row> = {
  index: number
  row: Row | undefined
  rowKey: (row: Row) => string
  columns: readonly Column<Row>[]
  focused: boolean
  opens: boolean
  onPress: (row: Row) => void
}

function TableRow<Row>({ index, row, rowKey, columns, focused, opens, onPress }: TableRowProps<Row>) {
  return (
    <tr
      aria-rowindex={index + 2}
      // On the ground of the chosen row a skeleton would not be seen.
      aria-current={focused && row !== undefined ? 'true' : undefined}
      data-row={row === undefined ? undefined : rowKey(row)}
      class={opens ? 'row-opens' : undefined}
      onClick={(event) => {
        const inner = (event.target as Element).closest('a, button, input, label')
        if (row !== undefined && !inner) onPress(row)
      }}
    >
      {columns.map((column) => (
        <td key={column.key} class={column.numeric ? 'cell-numeric' : undefined}>
          {row === undefined ? <Skeleton width={column.numeric ? '40%' : '70%'} /> : column.cell(row)}
        </td>
      ))}
    </tr>
  )
}
