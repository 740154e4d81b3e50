import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  bootstrapRanking,
  type Comparison,
  calibratePlan,
  classicScores,
  comparisonsOfCounts,
  countComparisons,
  countsOf,
  differenceError,
  eloScores,
  hostileVotes,
  nextPairs,
  opposingRaters,
  pooled,
  predictOutcome,
  rankItems,
  rankingIntervals,
  withComparisons,
} from './index.ts'

const crowdFolder = join(
  resolve(import.meta.dirname, '../../../..', process.env.CHIRON_DATA ?? '../shared/data'),
  'crowd',
)

/** Votes by Davidson's model about items `i0` (the weakest) up; worker w0 … w9, on sides by chance. */
function simulated(
  seed: number | string,
  { items = 5, count = 600, side = 0, step = 0.6, tie = 0, hostile = 0 } = {},
): Comparison[] {
  const dice = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const left = dice.int(items)
    const other = dice.int(items - 1)
    const right = other < left ? other : other + 1
    const worker = dice.int(10)
    const lead = (worker < hostile ? -1 : 1) * step * (left - right) + side
    const chances = [Math.exp(lead / 2), Math.exp(tie), Math.exp(-lead / 2)] as const
    const thrown = dice.next() * (chances[0] + chances[1] + chances[2])
    const winner = thrown < chances[0] ? 'left' : thrown < chances[0] + chances[1] ? 'tie' : 'right'
    return { left: `i${left}`, right: `i${right}`, winner, worker: `w${worker}`, task: `t${dice.int(3)}` }
  })
}

const renamed = (votes: readonly Comparison[]): Comparison[] =>
  votes.map((vote) => ({
    ...vote,
    left: `x${9 - Number(vote.left.slice(1))}`,
    right: `x${9 - Number(vote.right.slice(1))}`,
    worker: `y${9 - Number(vote.worker?.slice(1))}`,
    task: `z${9 - Number(vote.task?.slice(1))}`,
  }))

describe('counting', () => {
  test('RNK-1 comparisons are counted, kept as rows, added to and pooled without loss', () => {
    const votes = simulated(1)
    const whole = countComparisons(votes)
    expect(whole.count).toBe(600)
    expect(comparisonsOfCounts(countsOf(whole))).toEqual(whole)
    const halves = [votes.slice(0, 200), votes.slice(200)].map((part) => countComparisons(part))
    expect(withComparisons(halves[0]!, halves[1]!)).toEqual(whole)
    expect(countComparisons(seededRandom('order').shuffle(votes))).toEqual(whole)
    const small = pooled(whole)
    expect(small.left.length).toBe(20)
    expect(small).toMatchObject({ count: 600, workerNames: [], taskNames: [] })
  })

  test('RNK-1 an item against itself, NaN and negative counts are refused', () => {
    expect(() => countComparisons([{ left: 'a', right: 'a', winner: 'tie' }])).toThrow('with itself')
    const row = { left: 'a', right: 'b', ties: 0, rightWins: 0 }
    expect(() => comparisonsOfCounts([{ ...row, leftWins: Number.NaN }])).toThrow('finite')
    expect(() => comparisonsOfCounts([{ ...row, leftWins: -1 }])).toThrow('negative')
  })
})

describe('ranking', () => {
  test('RNK-2 order of rows changes nothing, names change the last bits alone', () => {
    const votes = simulated(2, { side: 0.3 })
    for (const options of [
      {},
      { ties: false },
      { raters: true },
      { tasks: true },
      { strengthVariance: 'learned' },
    ] as const) {
      const before = rankItems(countComparisons(votes), options)
      const shuffled = rankItems(countComparisons(seededRandom('s').shuffle(votes)), options)
      expect(shuffled.strength).toEqual(before.strength)
      const after = rankItems(countComparisons(renamed(votes)), options)
      for (const [at, value] of before.strength.entries())
        expect(Math.abs(after.strength[4 - at]! - value)).toBeLessThan(1e-8)
    }
    const items = bootstrapRanking(countComparisons(votes), { roundCount: 10 })
    const others = bootstrapRanking(countComparisons(renamed(votes)), { roundCount: 10 })
    for (const [at, { standardError }] of items.entries())
      expect(others[at]!.standardError).toBeCloseTo(standardError, 7)
  })

  test('RNK-3 strengths, side and tie rate of a simulated world are recovered', () => {
    const votes = simulated(3, { count: 20_000, side: 0.4, tie: 0.5 })
    const { strength, effects, hasConverged } = rankItems(countComparisons(votes))
    expect(hasConverged).toBe(true)
    for (const [at, value] of strength.entries()) expect(Math.abs(value - 0.6 * (at - 2))).toBeLessThan(0.1)
    expect(effects.side).toBeCloseTo(0.4, 1)
    expect(effects.tie).toBeCloseTo(0.5, 1)
    const chances = predictOutcome(rankItems(countComparisons(votes)), { left: 'i4', right: 'i0' })
    expect(chances.left + chances.tie + chances.right).toBeCloseTo(1, 12)
    expect(chances.left).toBeGreaterThan(0.6)
  })

  test('RNK-4 a rater who ties everything and one who throws coins are told from the crowd', () => {
    const votes = simulated(4, { count: 4000, step: 1 }).map((vote, at): Comparison => {
      if (vote.worker === 'w0') return { ...vote, winner: 'tie' }
      if (vote.worker === 'w1') return { ...vote, winner: at % 2 === 0 ? 'left' : 'right' }
      return vote
    })
    const { effects, hasConverged } = rankItems(countComparisons(votes), { raters: true })
    expect(hasConverged).toBe(true)
    const rest = [...effects.raterTie.subarray(2)]
    expect(effects.raterTie[0]!).toBeGreaterThan(Math.max(...rest) + 1)
    expect(effects.scale[1]!).toBeLessThan(Math.min(...effects.scale.subarray(2)) / 2)
  })

  test('RNK-4 what an observed task does to items is told from the items', () => {
    const votes = simulated(5, { count: 6000, step: 0 }).map((vote): Comparison => {
      if (vote.task !== 't0' || (vote.left !== 'i0' && vote.right !== 'i0')) return vote
      return { ...vote, winner: vote.left === 'i0' ? 'left' : 'right' }
    })
    const ranking = rankItems(countComparisons(votes), { tasks: true })
    const inTask = predictOutcome(ranking, { left: 'i0', right: 'i1', task: 't0' })
    const elsewhere = predictOutcome(ranking, { left: 'i0', right: 'i1', task: 't1' })
    expect(inTask.left).toBeGreaterThan(elsewhere.left + 0.3)
  })

  test('RNK-5 one item, no votes, ties alone, a million ties and parts never compared', () => {
    expect(rankItems(countComparisons([])).strength.length).toBe(0)
    expect(rankingIntervals(rankItems(countComparisons([]))).items).toEqual([])
    const lone = countComparisons([], ['a'])
    expect([...rankItems(lone).strength]).toEqual([0])
    expect(nextPairs(rankItems(lone), lone)).toEqual([])
    const counts = { left: 'a', right: 'b', leftWins: 0, ties: 1_000_000, rightWins: 0 }
    const even = rankItems(comparisonsOfCounts([counts]))
    expect(even.strength.every((value) => Math.abs(value) < 1e-6)).toBe(true)
    const sure = rankItems(comparisonsOfCounts([{ ...counts, leftWins: 1_000_000, ties: 0 }]))
    expect(sure.strength.every(Number.isFinite)).toBe(true)
    const apart = countComparisons([
      { left: 'a', right: 'b', winner: 'left' },
      { left: 'c', right: 'd', winner: 'right' },
    ])
    const ranking = rankItems(apart)
    expect([...ranking.group]).toEqual([0, 0, 2, 2])
    for (const { bestRank, worstRank } of rankingIntervals(ranking).items)
      expect([bestRank, worstRank]).toEqual([1, 4])
    expect(differenceError(ranking, 0, 2)).toBeGreaterThan(1)
  })
})

describe('intervals', () => {
  test('RNK-6 wider for all at once than for each, for every look than for one, for ever than for a plan', () => {
    const ranking = rankItems(countComparisons(simulated(6, { count: 200 })))
    const factorOf = (options: Parameters<typeof rankingIntervals>[1]) =>
      rankingIntervals(ranking, options).factor
    const each = factorOf({ simultaneous: false })
    expect(each).toBeCloseTo(1.96, 2)
    const all = factorOf({})
    // Studentised range of five means: 3.858 / √2.
    expect(all).toBeGreaterThan(2.5)
    expect(all).toBeLessThan(2.95)
    const planned = factorOf({ looks: { kind: 'planned', first: 20, last: 200 } })
    expect(planned).toBeGreaterThan(all + 0.2)
    expect(factorOf({ looks: { kind: 'always', best: 200 } })).toBeGreaterThan(planned)
    expect(() => factorOf({ looks: { kind: 'planned', first: 20, last: 100 } })).toThrow('ends at 100')
    expect(factorOf({})).toBe(all)
  })

  test('RNK-12 a calibrated plan reaches as far as the strengths lie apart, and holds at all its looks together', () => {
    const order = { itemCount: 4, first: 24, last: 120, every: 24, worldCount: 60 }
    const plan = calibratePlan(order)
    expect(calibratePlan(order)).toEqual(plan)
    expect(plan.factors[0]!.factor).toBeGreaterThan(2.2)
    expect(plan.factors.at(-1)!.factor).toBeGreaterThan(plan.factors[0]!.factor)
    const looks = { kind: 'calibrated', plan } as const
    const factorOf = (gap: number) => {
      const votes = Array.from({ length: 120 }, (_, at): Comparison => {
        const left = at % 4
        const right = (left + 1 + (at % 3)) % 4
        const isLeft = (at * 0.618) % 1 < 1 / (1 + Math.exp(gap * (right - left)))
        return { left: String(left), right: String(right), winner: isLeft ? 'left' : 'right' }
      })
      return rankingIntervals(rankItems(countComparisons(votes)), { looks }).factor
    }
    expect(factorOf(0)).toBe(plan.factors[0]!.factor)
    expect(factorOf(-1.5)).toBeGreaterThan(factorOf(0))
    const more = rankItems(countComparisons(simulated(4, { count: 121 })))
    expect(() => rankingIntervals(more, { looks })).toThrow('ends at 120')
    expect(() => rankingIntervals(more, { looks, level: 0.9 })).toThrow('level')
    expect(() => calibratePlan({ ...order, worldCount: 10 })).toThrow('too few')
  })

  test('RNK-6 all differences at once hold about as often as said', () => {
    let held = 0
    const worlds = 150
    for (let world = 0; world < worlds; world++) {
      const ranking = rankItems(countComparisons(simulated(`world ${world}`, { items: 4, count: 150 })))
      const { factor } = rankingIntervals(ranking)
      const isHeld = [0, 1, 2, 3].every((one) =>
        [0, 1, 2, 3].slice(0, one).every((other) => {
          const gap = ranking.strength[one]! - ranking.strength[other]! - 0.6 * (one - other)
          return Math.abs(gap) <= factor * differenceError(ranking, one, other)
        }),
      )
      if (isHeld) held++
    }
    expect(held / worlds).toBeGreaterThan(0.9)
    expect(held / worlds).toBeLessThan(0.99)
  })

  test('RNK-7 bootstrap errors are near those from information; the same seed gives the same', () => {
    const comparisons = countComparisons(simulated(7, { count: 1500 }))
    const ranking = rankItems(comparisons)
    const items = bootstrapRanking(comparisons, { roundCount: 100, seed: 3 })
    for (const { item, standardError, low, high, strength } of items) {
      const at = ranking.itemNames.indexOf(item)
      const own = Math.sqrt(ranking.covariance[at * 5 + at]!)
      expect(Math.abs(standardError / own - 1)).toBeLessThan(0.35)
      expect(low < strength && strength < high).toBe(true)
    }
    expect(bootstrapRanking(comparisons, { roundCount: 100, seed: 3 })).toEqual(items)
    expect(bootstrapRanking(comparisons, { roundCount: 20, by: 'rater' })).toHaveLength(5)
  })
})

describe('what to show, and whom to look at', () => {
  test('RNK-8 a pair never compared comes first; sides are balanced; many pairs differ', () => {
    const votes = simulated(8, { count: 300 }).filter(({ left, right }) => left !== 'i2' && right !== 'i2')
    const comparisons = countComparisons(votes, ['i2'])
    const ranking = rankItems(comparisons)
    const [first] = nextPairs(ranking, comparisons)
    expect([first!.left, first!.right]).toContain('i2')
    const many = nextPairs(ranking, comparisons, 20)
    expect(many.every(({ gain }) => gain > 0)).toBe(true)
    const lefts = many.filter(({ left }) => left === 'i2').length
    const rights = many.filter(({ right }) => right === 'i2').length
    expect(Math.abs(lefts - rights)).toBeLessThanOrEqual(4)
    expect(new Set(many.map(({ left, right }) => [left, right].sort().join())).size).toBeGreaterThan(3)
  })

  test('RNK-9 as many hostile votes as found flip the rank, one fewer of the same does not', () => {
    const comparisons = countComparisons(simulated(9, { count: 300 }))
    for (const { item, above, voteCount, winner, loser } of hostileVotes(comparisons)) {
      const flipped = (count: number) => {
        const attack = [
          { left: winner, right: loser, leftWins: Math.ceil(count / 2), ties: 0, rightWins: 0 },
          { left: loser, right: winner, leftWins: 0, ties: 0, rightWins: Math.floor(count / 2) },
        ]
        const { strength, itemNames } = rankItems(
          withComparisons(pooled(comparisons), comparisonsOfCounts(attack)),
        )
        return strength[itemNames.indexOf(item)]! > strength[itemNames.indexOf(above)]!
      }
      expect(flipped(voteCount!)).toBe(true)
      expect(flipped(voteCount! - 1)).toBe(false)
    }
  })

  test('RNK-10 raters who vote against the evidence are named, honest ones are not', () => {
    const votes = simulated(10, { count: 2000, hostile: 2, step: 0.8 })
    const named = opposingRaters(countComparisons(votes)).filter(({ isAgainst }) => isAgainst)
    expect(named.map(({ worker }) => worker)).toEqual(['w0', 'w1'])
    let alarms = 0
    for (let seed = 0; seed < 30; seed++)
      alarms += opposingRaters(
        countComparisons(simulated(`honest ${seed}`, { count: 400, step: 0.2 })),
      ).filter(({ isAgainst, favoured }) => isAgainst || favoured?.isBeyondChance).length
    expect(alarms).toBeLessThanOrEqual(2)
    const bought = simulated(11, { count: 3000 }).map((vote): Comparison => {
      if (vote.worker !== 'w3' || (vote.left !== 'i1' && vote.right !== 'i1')) return vote
      return { ...vote, winner: vote.left === 'i1' ? 'left' : 'right' }
    })
    const { favoured } = opposingRaters(countComparisons(bought)).find(({ worker }) => worker === 'w3')!
    expect(favoured).toMatchObject({ item: 'i1', isBeyondChance: true })
  })
})

describe('classic scores', () => {
  test('RNK-11 counting, win rates and odds by hand', () => {
    const counts = comparisonsOfCounts([
      { left: 'a', right: 'b', leftWins: 3, ties: 2, rightWins: 1 },
      { left: 'b', right: 'c', leftWins: 2, ties: 0, rightWins: 2 },
    ])
    expect([...classicScores(counts, 'counting')]).toEqual([4, 4, 2])
    expect([...classicScores(counts, 'average-win-rate')]).toEqual([4 / 6, (2 / 6 + 1 / 2) / 2, 1 / 2])
    const odds = classicScores(counts, 'bradley-terry')
    expect(odds[0]! / odds[1]!).toBeCloseTo(2, 9)
    expect(odds[1]! / odds[2]!).toBeCloseTo(1, 9)
    expect(eloScores([{ left: 'a', right: 'b', winner: 'left' }])).toEqual(
      new Map([
        ['a', 1002],
        ['b', 998],
      ]),
    )
    for (const method of ['counting', 'bradley-terry', 'newman', 'eigenvector', 'pagerank'] as const)
      expect(classicScores(countComparisons([]), method).length).toBe(0)
  })

  test.skipIf(!existsSync(crowdFolder))(
    'RNK-11 golden rankings of evalica (skipped without CHIRON_DATA)',
    () => {
      const rowsOf = (file: string) =>
        readFileSync(join(crowdFolder, 'pw_evalica_golden', file), 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.trim().split(','))
      for (const set of ['food', 'simple']) {
        const votes = rowsOf(`${set}.csv`).map(([left, right, winner]) => {
          return { left: left!, right: right!, winner: winner as Comparison['winner'] }
        })
        const counted = countComparisons(votes)
        for (const method of [
          'counting',
          'average-win-rate',
          'bradley-terry',
          'newman',
          'pagerank',
        ] as const) {
          const scores = classicScores(counted, method)
          const golden = rowsOf(`${set}-golden.csv`).filter(([name]) => name === method.replaceAll('-', '_'))
          const own = golden.map(([, item]) => scores[counted.itemNames.indexOf(item!)]!)
          for (const [at, score] of own.entries())
            expect(score / own[0]!, `${method} ${set}`).toBeCloseTo(
              Number(golden[at]![2]) / Number(golden[0]![2]),
              6,
            )
        }
      }
    },
  )
})
