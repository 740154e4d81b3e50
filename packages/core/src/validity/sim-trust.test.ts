import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type SeededRandom, seededRandom } from '../kit/index.ts'
import { failureAgreement, orderChance, simTrust, type WorldOutcomes } from './index.ts'

const REASONS = ['dropped', 'missed', 'collided']
type Truth = { policy: string; rate: number; modes: readonly number[] }

/** Runs of a policy whose truth is known: `count` on each scenario of one world. */
function runs(
  dice: SeededRandom,
  { policy, rate, modes }: Truth,
  { world, scenarioCount, count }: { world: 'real' | 'sim'; scenarioCount: number; count: number },
): WorldOutcomes[] {
  return Array.from({ length: scenarioCount }, (_, at) => {
    const reasons: Record<string, number> = {}
    let successCount = 0
    for (let run = 0; run < count; run++) {
      if (dice.next() < rate) successCount++
      else {
        const reason = REASONS[modeOf(dice, modes)]!
        reasons[reason] = (reasons[reason] ?? 0) + 1
      }
    }
    return { policy, scenario: `s${at}`, world, successCount, failureCount: count - successCount, reasons }
  })
}

function modeOf(dice: SeededRandom, modes: readonly number[]): number {
  let left = dice.next()
  for (const [at, share] of modes.entries()) {
    left -= share
    if (left < 0) return at
  }
  return modes.length - 1
}

const MODES = [0.6, 0.3, 0.1]
const RATES = [0.15, 0.3, 0.5, 0.7, 0.85]
const worldOf = (name: string, real: readonly Truth[], sim: readonly Truth[], count = 20) => {
  const dice = seededRandom(name)
  return [
    ...real.flatMap((truth) => runs(dice, truth, { world: 'real', scenarioCount: 5, count })),
    ...sim.flatMap((truth) => runs(dice, truth, { world: 'sim', scenarioCount: 5, count })),
  ]
}
const truths = (rates: readonly number[], modes: readonly number[] = MODES): Truth[] =>
  rates.map((rate, at) => ({ policy: `p${at}`, rate, modes }))

test('VAL-4 a simulator that orders and fails as reality does is trusted, one that is wrong about either is not', () => {
  const good = simTrust(worldOf('good', truths(RATES), truths(RATES)))
  expect(good.verdict).toBe('agrees')
  expect(good.policies.map(({ policy }) => policy)).toEqual(['p4', 'p3', 'p2', 'p1', 'p0'])
  expect(good.policies[0]).toMatchObject({ scenarioCount: 5, sim: { rank: 1 }, real: { rank: 1 } })
  expect(good.gaps).toEqual([])
  const turned = simTrust(worldOf('turned', truths(RATES), truths(RATES.toReversed())))
  expect(turned).toMatchObject({ verdict: 'disagrees', score: 0 })
  const otherwise = simTrust(worldOf('modes', truths(RATES), truths(RATES, [0, 0.1, 0.9])))
  expect(otherwise.ranks.spearman.value).toBeGreaterThan(0.9)
  expect(otherwise.verdict).toBe('disagrees')
  expect(otherwise.score).toBe(otherwise.failures.value)
})

test('VAL-4 worked example: the score is the weaker of Spearman and the overlap of reasons', () => {
  const cell = (
    policy: string,
    world: 'real' | 'sim',
    successCount: number,
    reasons: Record<string, number>,
  ) => {
    return { policy, scenario: 's', world, successCount, failureCount: 10 - successCount, reasons }
  }
  const found = simTrust([
    cell('a', 'real', 2, { dropped: 6, missed: 2 }),
    cell('a', 'sim', 2, { dropped: 4, missed: 4 }),
    cell('b', 'real', 8, {}),
    cell('b', 'sim', 4, {}),
    cell('c', 'real', 6, {}),
    cell('c', 'sim', 6, {}),
  ])
  // Shares (.75, .25) and (.5, .5) overlap in .75. Ranks of a, b, c: 1 3 2 against 1 2 3, so rho = 1 − 6·2 / 24.
  expect(found.failures.value).toBeCloseTo(0.75, 12)
  expect(found.ranks.spearman.value).toBeCloseTo(0.5, 12)
  expect(found.score).toBeCloseTo(0.5, 12)
  expect(found.policies.map(({ policy, overlap }) => [policy, overlap])).toEqual([
    ['b', null],
    ['c', null],
    ['a', 0.75],
  ])
})

test('VAL-5 little evidence is called little, with what is missing first', () => {
  const both = worldOf('few', truths(RATES), truths(RATES), 1)
  expect(simTrust(both).verdict).toBe('too-little')
  const whatOf = (outcomes: WorldOutcomes[]) => simTrust(outcomes).gaps.map(({ what }) => what)
  expect(whatOf([])).toEqual(['sim', 'real'])
  expect(whatOf(both.filter(({ world }) => world === 'real'))).toEqual(['sim'])
  expect(whatOf(both)).toEqual(['rollouts'])
  const apart = both.map((cell) => ({ ...cell, scenario: `${cell.world} ${cell.scenario}` }))
  expect(whatOf(apart)).toEqual(['shared'])
  // Three policies in the right order are right by chance one time in six: however much was run, it is not enough.
  const three = simTrust(worldOf('three', truths([0.1, 0.5, 0.9]), truths([0.1, 0.5, 0.9]), 200))
  expect(three).toMatchObject({ verdict: 'too-little', gaps: [{ what: 'policies', have: 3, need: 4 }] })
  expect(three.chance).toBeCloseTo(1 / 6, 12)
  const unnamed = worldOf('unnamed', truths(RATES), truths(RATES)).map((cell) => ({ ...cell, reasons: {} }))
  expect(simTrust(unnamed)).toMatchObject({ score: null, gaps: [{ what: 'failures' }] })
})

test('VAL-5 without any relation a simulator is hardly ever trusted', () => {
  const dice = seededRandom('unrelated')
  let trusted = 0
  const worlds = 100
  for (let world = 0; world < worlds; world++) {
    const real = truths(Array.from({ length: 5 }, () => 0.1 + 0.8 * dice.next()))
    const sim = truths(Array.from({ length: 5 }, () => 0.1 + 0.8 * dice.next()))
    if (simTrust(worldOf(`${world}`, real, sim), { drawCount: 300 }).verdict === 'agrees') trusted++
  }
  // Of orders by chance at most one in twenty passes; more than eleven of a hundred would be beyond chance.
  expect(trusted).toBeLessThanOrEqual(11)
}, 60_000)

test('VAL-6 the interval of failure agreement holds the truth about as often as it says, also where worlds are alike', () => {
  const other = [0.2, 0.3, 0.5]
  const held = (count: number, modes: readonly number[]) => {
    const truth = MODES.reduce((sum, share, at) => sum + Math.min(share, modes[at]!), 0)
    const dice = seededRandom(`${count} ${truth}`)
    let inside = 0
    for (let world = 0; world < 150; world++) {
      const counted = ['a', 'b', 'c'].map((policy) => {
        const reasons = REASONS.map((reason) => ({ reason, sim: 0, real: 0 }))
        for (let run = 0; run < count; run++) {
          reasons[modeOf(dice, MODES)]!.real++
          reasons[modeOf(dice, modes)]!.sim++
        }
        return { policy, reasons }
      })
      const { interval } = failureAgreement(counted, { drawCount: 300, seed: world, level: 0.95 })
      if (interval!.low <= truth + 1e-9 && truth <= interval!.high + 1e-9) inside++
    }
    return inside / 150
  }
  // Nominal 95%: of 150, fewer than 135 would be beyond chance.
  for (const count of [4, 15, 60])
    for (const modes of [MODES, other]) expect(held(count, modes)).toBeGreaterThan(0.9)
}, 60_000)

test('VAL-6 one failure in each world says next to nothing', () => {
  const reasons = [{ reason: 'dropped', sim: 1, real: 1 }]
  const { value, interval } = failureAgreement([{ policy: 'a', reasons }], {
    drawCount: 2000,
    seed: 0,
    level: 0.95,
  })
  expect(value).toBe(1)
  expect(interval!.low).toBeLessThan(0.2)
})

test('VAL-7 order and names change nothing; both worlds turned round agree as well', () => {
  const cells = worldOf('names', truths(RATES), truths([0.2, 0.4, 0.3, 0.8, 0.7]), 4)
  const found = simTrust(cells, { drawCount: 200 })
  const figures = ({ score, interval, verdict, chance }: typeof found) => ({
    score,
    interval,
    verdict,
    chance,
  })
  fc.assert(
    fc.property(fc.shuffledSubarray(cells, { minLength: cells.length }), (shuffled) => {
      expect(simTrust(shuffled, { drawCount: 200 })).toEqual(found)
    }),
    { numRuns: 20 },
  )
  const renamed = cells.map((cell) => ({ ...cell, policy: `q${9 - Number(cell.policy.slice(1))}` }))
  expect(figures(simTrust(renamed, { drawCount: 200 }))).toEqual(figures(found))
  const turned = cells.map((cell) => ({ ...cell, world: cell.world === 'sim' ? 'real' : 'sim' }) as const)
  expect(simTrust(turned, { drawCount: 0 }).score).toBeCloseTo(found.score!, 12)
})

test('VAL-7 the chance of an order: one in k! for the right one, and all orders agree with what is all alike', () => {
  expect(orderChance([1, 2, 3, 4], [10, 20, 30, 40])).toBeCloseTo(1 / 24, 12)
  expect(orderChance([4, 3, 2, 1], [10, 20, 30, 40])).toBe(1)
  expect(orderChance([1, 1, 1], [1, 2, 3])).toBe(1)
  expect(orderChance([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8])).toBeLessThan(0.002)
})
