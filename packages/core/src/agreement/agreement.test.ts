import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  boundaryF,
  cohenKappa,
  cronbachAlpha,
  fleissKappa,
  krippendorffAlpha,
  pairwiseKappas,
  percentileInterval,
  pointAgreement,
  type Rating,
  type Segment,
  segmentAgreement,
  segmentF,
  temporalIou,
} from './index.ts'

const crowdFolder = join(
  resolve(import.meta.dirname, '../../../..', process.env.CHIRON_DATA ?? '../shared/data'),
  'crowd',
)

/** Four raters by columns of tasks, null where a rater left one out: the example of Krippendorff's textbook. */
const CODINGS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
]
const textbook = ratingsOf(CODINGS)

function ratingsOf<Value extends string | number>(rows: readonly (readonly (Value | null)[])[]) {
  return rows.flatMap((row, worker) =>
    row.flatMap((value, task) => (value === null ? [] : [{ task: `t${task}`, worker: `w${worker}`, value }])),
  ) as Rating<Value>[]
}

/** Raters who say the truth with a chance, else any of the grades. */
function simulated(seed: number, taskCount: number, right = 0.7): Rating<number>[] {
  const dice = seededRandom(seed)
  return Array.from({ length: taskCount }).flatMap((_, task) => {
    const truth = dice.int(3)
    return [0, 1, 2].map((worker) => ({
      task: `${task}`,
      worker: `${worker}`,
      value: dice.next() < right ? truth : dice.int(3),
    }))
  })
}

describe('alpha', () => {
  test('AGR-1 the textbook’s figures, with gaps', () => {
    const levels = { nominal: 0.7434, ordinal: 0.8154, interval: 0.8491, ratio: 0.7974 } as const
    for (const [level, figure] of Object.entries(levels) as [keyof typeof levels, number][]) {
      const found = krippendorffAlpha(textbook, { level })
      expect(found.alpha, level).toBeCloseTo(figure, 4)
      expect(found).toMatchObject({ taskCount: 11, ratingCount: 40, interval: null })
    }
  })

  test('AGR-2 rows in any order and other names give the same figures and the same interval', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('nominal', 'ordinal', 'interval', 'ratio'), (seed, level) => {
        const dice = seededRandom(seed)
        const names = dice.shuffle(Array.from({ length: 40 }, (_, at) => `${at}`))
        const ratings = simulated(seed, 20)
        const renamed = dice.shuffle(
          ratings.map(({ task, worker, value }) => {
            return { task: names[Number(task)]!, worker: names[Number(worker)]!, value }
          }),
        )
        const options = { level, bootstrapCount: 20 } as const
        expect(krippendorffAlpha(renamed, options)).toEqual(krippendorffAlpha(ratings, options))
        expect(fleissKappa(renamed).kappa).toBeCloseTo(fleissKappa(ratings).kappa!, 12)
      }),
      { numRuns: 25 },
    )
  })

  test('AGR-3 the interval holds the true value about as often as it says', () => {
    // Each rater is right or guesses: the chance that two agree beyond chance is right², and alpha tends to it.
    const truth = 0.7 ** 2
    let held = 0
    const rounds = 150
    for (let seed = 0; seed < rounds; seed++) {
      const { interval } = krippendorffAlpha(simulated(seed, 60), { level: 'nominal', bootstrapCount: 150 })
      if (interval!.low <= truth && truth <= interval!.high) held++
    }
    expect(held / rounds).toBeGreaterThan(0.88)
    expect(held / rounds).toBeLessThan(0.99)
  })

  test('AGR-4 what cannot be said is null, and NaN is refused', () => {
    const one = ratingsOf([[1, 2, 3]])
    const apart = ratingsOf([
      [1, null],
      [null, 2],
    ])
    const alike = ratingsOf([
      [1, 1],
      [1, 1],
    ])
    for (const ratings of [[], one, apart, alike]) {
      expect(krippendorffAlpha(ratings, { bootstrapCount: 10 })).toMatchObject({
        alpha: null,
        interval: null,
      })
      expect(fleissKappa(ratings).kappa).toBeNull()
      expect(cronbachAlpha(ratings)).toBeNull()
      expect(cohenKappa(ratings, ['w0', 'w1']).kappa).toBeNull()
    }
    expect(pairwiseKappas(apart)).toEqual([])
    expect(percentileInterval([], 0.95)).toBeNull()
    expect(() => krippendorffAlpha(ratingsOf([[Number.NaN, 1]]))).toThrow('finite')
    expect(() => krippendorffAlpha([...one, { task: 'a', worker: 'b', value: 'text' }])).toThrow('all texts')
    expect(() => krippendorffAlpha(ratingsOf([['a', 'b']]), { level: 'interval' })).toThrow('needs numbers')
    expect(() => krippendorffAlpha(ratingsOf([[-1, 1]]), { level: 'ratio' })).toThrow('one sign')
  })
})

describe('kappa and Cronbach', () => {
  test('AGR-5 worked examples: Cohen of two, weighted, and Fleiss of ten tasks by fourteen', () => {
    const counted = (counts: readonly (readonly number[])[]) => {
      const cells = counts.flatMap((row, a) => row.map((n, b) => ({ a, b, n })))
      const pairs = cells.flatMap(({ a, b, n }) => Array.from({ length: n }, () => [a, b] as const))
      return ratingsOf([pairs.map(([a]) => a), pairs.map(([, b]) => b)])
    }
    // 50 grant proposals read by two: 20 twice yes, 15 twice no, 5 and 10 apart.
    const { kappa, agreementRatio } = cohenKappa(
      counted([
        [20, 5],
        [10, 15],
      ]),
      ['w0', 'w1'],
    )
    expect(kappa).toBeCloseTo(0.4, 10)
    expect(agreementRatio).toBeCloseTo(0.7, 10)
    const graded = counted([
      [10, 2, 0],
      [1, 8, 3],
      [0, 2, 9],
    ])
    const linear = cohenKappa(graded, ['w0', 'w1'], 'linear').kappa!
    const quadratic = cohenKappa(graded, ['w0', 'w1'], 'quadratic').kappa!
    // By hand: observed 8 steps (linear) and 8 squares; expected 360/35 · and so on from the margins.
    const [rows, columns] = [
      [12, 12, 11],
      [11, 12, 12],
    ]
    for (const [power, found] of [
      [1, linear],
      [2, quadratic],
    ] as const) {
      let expected = 0
      for (const [a, x] of rows.entries())
        for (const [b, y] of columns.entries()) expected += (x * y * (Math.abs(a - b) / 2) ** power) / 35
      expect(found).toBeCloseTo(1 - (8 * 0.5 ** power) / expected, 10)
    }
    const fleiss = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]
    const ratings = fleiss.flatMap((counts, task) =>
      counts
        .flatMap((n, value) => Array.from({ length: n }, () => value))
        .map((value, worker) => ({ task: `${task}`, worker: `${worker}`, value })),
    )
    expect(fleissKappa(ratings).kappa).toBeCloseTo(0.21, 3)
  })

  test('AGR-5 repeated ratings share a vote', () => {
    const once = ratingsOf([
      ['a', 'b', 'a', 'b'],
      ['a', 'b', 'b', 'b'],
    ])
    const twice = [...once, ...once]
    expect(cohenKappa(twice, ['w0', 'w1'])).toEqual(cohenKappa(once, ['w0', 'w1']))
  })

  test('AGR-6 Cronbach: parallel raters agree whatever their level; a gap gives null', () => {
    const parallel = ratingsOf([
      [1, 2, 3, 4],
      [11, 12, 13, 14],
    ])
    expect(cronbachAlpha(parallel)).toBeCloseTo(1, 12)
    expect(cronbachAlpha(parallel.slice(1))).toBeNull()
  })
})

describe('segments', () => {
  const segments = fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('reach', 'lift'),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => {
      let end = 0
      return parts.map(([gap, length, label]): Segment => {
        const start = end + gap
        end = start + length
        return { start, end, label }
      })
    })

  test('AGR-7 the same answers agree wholly, answers without anything in common not at all', () => {
    fc.assert(
      fc.property(segments, (answer) => {
        const later = answer.map((segment) => ({
          ...segment,
          start: segment.start + 1000,
          end: segment.end + 1000,
        }))
        const renamed = answer.map((segment) => ({ ...segment, label: `other ${segment.label}` }))
        expect(temporalIou(answer, answer)).toBe(1)
        expect(boundaryF(answer, answer, 0).f).toBe(1)
        expect(segmentF(answer, answer)).toBe(1)
        for (const other of [later, renamed]) {
          expect(temporalIou(answer, other)).toBe(0)
          expect(segmentF(answer, other)).toBe(0)
        }
        expect(boundaryF(answer, later, 1).f).toBe(0)
      }),
    )
    expect([temporalIou([], []), boundaryF([], [], 1).f, segmentF([], [])]).toEqual([1, 1, 1])
    expect(temporalIou([], [{ start: 0, end: 1, label: 'a' }])).toBe(0)
    expect(() => temporalIou([{ start: 1, end: 1, label: 'a' }], [])).toThrow('length')
    expect(() => boundaryF([{ start: 0, end: Number.NaN, label: 'a' }], [], 1)).toThrow('finite')
  })

  test('AGR-7 boundaries match one to one, touching segments share one', () => {
    const reference = [
      { start: 0, end: 10, label: 'reach' },
      { start: 10, end: 20, label: 'lift' },
    ]
    const found = [
      { start: 0.4, end: 9, label: 'reach' },
      { start: 11, end: 20, label: 'lift' },
    ]
    // 0, 10, 20 against 0.4, 9, 11, 20 within 1: three pairs, one left over.
    expect(boundaryF(reference, found, 1)).toMatchObject({ matchCount: 3, precision: 0.75, recall: 1 })
    expect(temporalIou(reference, found)).toBeCloseTo((8.6 + 9) / 20, 12)
    expect(segmentF(reference, found, 0.5)).toBe(1)
    expect(segmentF(reference, found, 0.88)).toBe(0.5)
  })
})

test('AGR-8 every two workers of a task are compared, intervals draw tasks, rows in any order give the same', () => {
  const span = (task: string, worker: string, start: number, end: number) => {
    return { task, worker, start, end, label: 'reach' }
  }
  const rows = [span('t', 'x', 0, 2), span('t', 'y', 0, 2), span('t', 'z', 1, 3), span('u', 'x', 0, 1)]
  const options = { tolerance: 0.1, bootstrapCount: 50 }
  const found = segmentAgreement(rows, options)
  // x and y agree wholly; z shares one of three seconds with each.
  expect(found.measures.iou.mean).toBeCloseTo((1 + 1 / 3 + 1 / 3) / 3, 12)
  expect(found.measures.boundary.mean).toBeCloseTo(1 / 3, 12)
  expect(found).toMatchObject({ pairCount: 3, taskCount: 1 })
  expect(segmentAgreement(rows.toReversed(), options)).toEqual(found)
  const alone = segmentAgreement([span('t', 'x', 0, 1)], options)
  expect(alone.measures.iou).toEqual({ mean: null, interval: null })
  const point = (worker: string, x: number, keypoint = 'k') => ({ task: 't', worker, keypoint, x, y: 0 })
  const apart = pointAgreement([point('x', 0), point('y', 2), point('z', 4), point('z', 9, 'l')])
  expect(apart.measures.distance.mean).toBeCloseTo(8 / 3, 12)
})

describe.skipIf(!existsSync(crowdFolder))('public sets (skipped without CHIRON_DATA)', () => {
  const linesOf = (file: string) =>
    readFileSync(join(crowdFolder, file), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(','))

  test('AGR-5 PandaLM: Cohen’s kappa of three annotators', () => {
    const ratings = linesOf('pw_pandalm/answers.csv').map(([task, , , worker, value]) => {
      return { task: task!, worker: worker!, value: value! }
    })
    const kappas = pairwiseKappas(ratings).map(({ kappa }) => kappa!)
    expect(kappas.map((kappa) => kappa.toFixed(3))).toEqual(['0.852', '0.879', '0.862'])
  })

  test('AGR-6 TVSum: the published Cronbach’s alpha', () => {
    const videos = Map.groupBy(linesOf('temporal_tvsum/answers.csv'), ([task]) => task!.slice(0, 3))
    const alphas = [...videos.values()].map(
      (rows) =>
        cronbachAlpha(
          rows.map(([task, worker, value]) => ({ task: task!, worker: worker!, value: Number(value) })),
        )!,
    )
    expect(alphas.reduce((sum, alpha) => sum + alpha, 0) / alphas.length).toBeCloseTo(0.814, 3)
  })
})
