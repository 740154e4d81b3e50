import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import { aggregateSegments, type SegmentAnswer } from './index.ts'

const PLAN = [
  { start: 0, end: 10, label: 'reach' },
  { start: 10, end: 14, label: 'grasp' },
  { start: 20, end: 30, label: 'place' },
]

const answersOf = (worker: string, segments: readonly Omit<SegmentAnswer, 'task' | 'worker'>[]) =>
  segments.map((segment) => ({ task: 'clip', worker, ...segment }))
const plain = (answers: Iterable<SegmentAnswer>) =>
  aggregateSegments(answers).map(({ start, end, label }) => ({ start, end, label }))

/** Five workers whose ends lie around the plan's, moved by up to 0.5. */
function noisy(seed: number): SegmentAnswer[] {
  const dice = seededRandom(seed)
  return ['a', 'b', 'c', 'd', 'e'].flatMap((worker) => {
    const cuts = [0, 10, 14, 20, 30].map((time) => time + dice.next() - 0.5)
    return answersOf(worker, [
      { start: cuts[0]!, end: cuts[1]!, label: 'reach' },
      { start: cuts[1]!, end: cuts[2]!, label: 'grasp' },
      { start: cuts[3]!, end: cuts[4]!, label: 'place' },
    ])
  })
}

test('SEG-1 where all agree, what they said comes out, in any order and under any names', () => {
  const answers = ['a', 'b', 'c'].flatMap((worker) => answersOf(worker, PLAN))
  expect(plain(answers)).toEqual(PLAN)
  expect(
    aggregateSegments(answers).every(({ probability, startCount }) => probability === 1 && startCount === 3),
  ).toBe(true)
  expect(plain(answersOf('alone', PLAN))).toEqual(PLAN)
  expect(aggregateSegments([])).toEqual([])
  const dice = seededRandom('order')
  const names = new Map([...'abcde'].map((name, at) => [name, dice.shuffle(['v', 'w', 'x', 'y', 'z'])[at]!]))
  const mixed = noisy(1).map((answer) => ({
    ...answer,
    worker: `${answer.worker}${names.get(answer.worker)}`,
  }))
  expect(aggregateSegments(dice.shuffle(mixed))).toEqual(aggregateSegments(noisy(1)))
})

test('SEG-2 a boundary lies at the median, and one worker far off hardly moves it', () => {
  for (let seed = 0; seed < 20; seed++) {
    const answers = noisy(seed)
    const found = plain(answers)
    expect(found.map(({ label }) => label)).toEqual(['reach', 'grasp', 'place'])
    const starts = answers.filter(({ label }) => label === 'reach').map(({ start }) => start)
    expect(found[0]!.start).toBe(starts.sort((a, b) => a - b)[2])
    const off = answers.map((answer) =>
      answer.worker === 'e' ? { ...answer, start: answer.start + 100, end: answer.end + 100 } : answer,
    )
    for (const [at, segment] of plain(off).entries()) {
      expect(Math.abs(segment.start - PLAN[at]!.start)).toBeLessThan(0.6)
      expect(Math.abs(segment.end - PLAN[at]!.end)).toBeLessThan(0.6)
    }
  }
})

test('SEG-3 what few saw is left out, what few missed is kept, who found nothing can be counted', () => {
  const seen = { start: 15, end: 18, label: 'slip' }
  const answers = [
    ...answersOf('a', [...PLAN, seen]),
    ...answersOf('b', PLAN),
    ...answersOf('c', PLAN.slice(0, 2)),
  ]
  expect(plain(answers)).toEqual(PLAN)
  const [only] = aggregateSegments(answersOf('a', [seen]))
  expect(only).toMatchObject(seen)
  expect(aggregateSegments(answersOf('a', [seen]), new Map([['clip', ['b', 'c']]]))).toEqual([])
})

test('SEG-4 slivers go to a neighbour', () => {
  // Three ends and three beginnings that leave a tenth of a second to a third label.
  const answers = [
    ...answersOf('a', [
      { start: 0, end: 5, label: 'reach' },
      { start: 5, end: 9, label: 'grasp' },
    ]),
    ...answersOf('b', [
      { start: 0, end: 5.1, label: 'reach' },
      { start: 5.1, end: 9, label: 'grasp' },
    ]),
    ...answersOf('c', [
      { start: 0, end: 4, label: 'reach' },
      { start: 4, end: 9, label: 'lift' },
    ]),
    ...answersOf('d', [
      { start: 0, end: 4, label: 'reach' },
      { start: 4, end: 9, label: 'lift' },
    ]),
  ]
  const found = plain(answers)
  expect(found.every(({ start, end }) => end - start > 2)).toBe(true)
  expect(found[0]).toMatchObject({ start: 0, label: 'reach' })
})

test('SEG-5 overlaps, empty segments and NaN are refused', () => {
  const of = (start: number, end: number) => answersOf('a', [{ start, end, label: 'x' }])
  expect(() => aggregateSegments(of(1, 1))).toThrow('length')
  expect(() => aggregateSegments(of(Number.NaN, 1))).toThrow('finite')
  expect(() => aggregateSegments([...of(0, 2), ...of(1, 3)])).toThrow('overlap')
})
