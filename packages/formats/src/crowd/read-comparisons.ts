import { type Headers, type Rows, readRows, Trouble } from '../csv/index.ts'

const WINNERS = ['left', 'right', 'tie'] as const

/** A vote on a pair. `worker` and `task` are there where the file names them. */
export type Comparison = {
  readonly left: string
  readonly right: string
  readonly winner: (typeof WINNERS)[number]
  readonly worker?: string
  readonly task?: string
}

type ComparisonColumn = 'left' | 'right' | 'winner' | 'worker' | 'task'

/** Pairwise votes: columns left, right, winner (`left`, `right` or `tie`), optionally worker and task. */
export function readComparisons(text: string, headers?: Headers<ComparisonColumn>): Rows<Comparison> {
  return readRows<ComparisonColumn, Comparison>(text, {
    required: ['left', 'right', 'winner'],
    optional: ['worker', 'task'],
    headers,
    rowOf: (cell) => {
      const [left, right, worker, task] = [cell('left'), cell('right'), cell('worker'), cell('task')]
      const winner = WINNERS.find((each) => each === cell('winner'))
      if (!winner) return new Trouble(`the winner is “${cell('winner')}”; it can be left, right or tie`)
      if (left === right) return new Trouble(`“${left}” is compared with itself`)
      return { left, right, winner, ...(worker ? { worker } : {}), ...(task ? { task } : {}) }
    },
  })
}
