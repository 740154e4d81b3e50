import type { Answer } from '@chiron/core/consensus'
import { sortBy } from '@chiron/core/kit'
import { type Headers, numberOf, type RowFault, type Rows, readRows, Trouble } from '../csv/index.ts'

type AnswerColumn = 'task' | 'worker' | 'label'

/** Answers by label: columns task, worker, label. */
export function readAnswers(text: string, headers?: Headers<AnswerColumn>): Rows<Answer> {
  return readRows<AnswerColumn, Answer>(text, {
    required: ['task', 'worker', 'label'],
    headers,
    rowOf: (cell) => ({ task: cell('task'), worker: cell('worker'), label: cell('label') }),
  })
}

export type NumberAnswer = { readonly task: string; readonly worker: string; readonly value: number }

/** Numeric answers: columns task, worker, label, the last a number. */
export function readNumbers(text: string, headers?: Headers<AnswerColumn>): Rows<NumberAnswer> {
  return readRows<AnswerColumn, NumberAnswer>(text, {
    required: ['task', 'worker', 'label'],
    headers,
    rowOf: (cell) => {
      const value = numberOf(cell('label'), headers?.label ?? 'label')
      return value instanceof Trouble ? value : { task: cell('task'), worker: cell('worker'), value }
    },
  })
}

type PointColumn = 'task' | 'keypoint' | 'worker' | 'x' | 'y'
export type PointAnswer = {
  readonly task: string
  readonly keypoint: string
  readonly worker: string
  readonly x: number
  readonly y: number
}

/** Keypoints: columns task, keypoint, worker, x, y. */
export function readPoints(text: string, headers?: Headers<PointColumn>): Rows<PointAnswer> {
  return readRows<PointColumn, PointAnswer>(text, {
    required: ['task', 'keypoint', 'worker', 'x', 'y'],
    headers,
    rowOf: (cell) => {
      const [x, y] = [numberOf(cell('x'), headers?.x ?? 'x'), numberOf(cell('y'), headers?.y ?? 'y')]
      if (x instanceof Trouble) return x
      if (y instanceof Trouble) return y
      return { task: cell('task'), keypoint: cell('keypoint'), worker: cell('worker'), x, y }
    },
  })
}

type SegmentColumn = 'task' | 'worker' | 'start' | 'end' | 'label'
export type SegmentAnswer = {
  readonly task: string
  readonly worker: string
  readonly start: number
  readonly end: number
  readonly label: string
}

/**
 * Spans of time: columns task, worker, start, end, label; one row per span, in one unit of time throughout. Spans of one
 * worker about one task do not overlap: the later of two that do is a fault.
 */
export function readSegments(text: string, headers?: Headers<SegmentColumn>): Rows<SegmentAnswer> {
  const read = readSpans(text, headers)
  const places = sortBy(
    [...read.rows.keys()],
    (at) => JSON.stringify([read.rows[at]!.task, read.rows[at]!.worker]),
    (at) => read.rows[at]!.start,
  )
  const overlaps = new Map<number, RowFault>()
  let last = -1
  for (const at of places) {
    const [span, before] = [read.rows[at]!, read.rows[last]]
    const isSame = before?.task === span.task && before.worker === span.worker
    if (isSame && span.start < before.end) {
      const why = `the span overlaps the one on line ${read.lines[last]} of the same worker`
      overlaps.set(at, { line: read.lines[at]!, why })
    } else last = at
  }
  return {
    rows: read.rows.filter((_, at) => !overlaps.has(at)),
    lines: read.lines.filter((_, at) => !overlaps.has(at)),
    faults: [...read.faults, ...overlaps.values()].sort((a, b) => a.line - b.line),
  }
}

function readSpans(text: string, headers: Headers<SegmentColumn> | undefined): Rows<SegmentAnswer> {
  return readRows<SegmentColumn, SegmentAnswer>(text, {
    required: ['task', 'worker', 'start', 'end', 'label'],
    headers,
    rowOf: (cell) => {
      const start = numberOf(cell('start'), headers?.start ?? 'start')
      const end = numberOf(cell('end'), headers?.end ?? 'end')
      if (start instanceof Trouble) return start
      if (end instanceof Trouble) return end
      if (end <= start) return new Trouble(`the span ends at ${end}, not after its start ${start}`)
      return { task: cell('task'), worker: cell('worker'), start, end, label: cell('label') }
    },
  })
}

export type Truth = {
  readonly known: ReadonlyMap<string, string>
  readonly faults: readonly RowFault[]
}

/** Known labels: columns task, label. The same label given again is fine, another one is a fault. */
export function readTruth(text: string, headers?: Headers<'task' | 'label'>): Truth {
  const { rows, lines, faults } = readRows<'task' | 'label', [string, string]>(text, {
    required: ['task', 'label'],
    headers,
    rowOf: (cell) => [cell('task'), cell('label')],
  })
  const known = new Map<string, string>()
  const lineOf = new Map<string, number>()
  const twice = rows.flatMap(([task, label], at): RowFault[] => {
    const before = known.get(task)
    if (before === undefined) {
      known.set(task, label)
      lineOf.set(task, lines[at]!)
      return []
    }
    if (before === label) return []
    const why = `task “${task}” is “${label}” here and “${before}” on line ${lineOf.get(task)}`
    return [{ line: lines[at]!, why }]
  })
  return { known, faults: [...faults, ...twice].sort((a, b) => a.line - b.line) }
}
