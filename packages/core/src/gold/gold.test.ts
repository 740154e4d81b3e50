import { expect, test } from 'vitest'
import { seededRandom } from '../kit/index.ts'
import {
  chooseGold,
  DEFAULT_GOLD,
  type GoldItem,
  type GoldUse,
  goldState,
  planGold,
  type SettledTask,
  varyGold,
} from './index.ts'

const settledTask = (at: number, change: Partial<SettledTask> = {}): SettledTask => ({
  task: `t${at}`,
  label: at % 10 === 0 ? 'no' : 'yes',
  probability: 0.995,
  answerCount: 4,
  isReviewed: false,
  isContested: false,
  ...change,
})
const items: GoldItem[] = Array.from({ length: 40 }, (_, at) => {
  return { id: `t${at}`, source: `t${at}`, variation: null, label: 'yes' }
})
const unused = new Map<string, GoldUse>()

test('GLD-1 only what is settled beyond doubt, or decided by a member, may serve; order changes nothing', () => {
  const settled = [
    settledTask(1),
    settledTask(2, { probability: 0.98 }),
    settledTask(3, { answerCount: 2 }),
    settledTask(4, { isContested: true, isReviewed: true }),
    settledTask(5, { probability: 0.6, answerCount: 1, isReviewed: true }),
  ]
  const chosen = chooseGold(settled, { count: 10, seed: 's' }).map(({ task }) => task)
  expect(chosen).toEqual(['t1', 't5'])
  const many = Array.from({ length: 100 }, (_, at) => settledTask(at))
  const first = chooseGold(many, { count: 12, seed: 's' })
  expect(chooseGold(seededRandom(1).shuffle(many), { count: 12, seed: 's' })).toEqual(first)
  expect(chooseGold(many, { count: 12, seed: 'another' })).not.toEqual(first)
  expect(first).toHaveLength(12)
})

test('GLD-2 gold is spread over the labels as evenly as there are tasks', () => {
  const many = Array.from({ length: 100 }, (_, at) => settledTask(at))
  const countOf = (count: number) =>
    chooseGold(many, { count, seed: 's' }).filter(({ label }) => label === 'no').length
  expect(countOf(12)).toBe(6)
  expect(countOf(60)).toBe(10)
})

test('GLD-3 variations keep the label, change it in a known way, or make nothing', () => {
  const made = varyGold(
    [{ task: 't1', label: 'left' }],
    [
      { name: 'mirrored', labelOf: (label) => (label === 'left' ? 'right' : 'left') },
      { name: 'dimmed', labelOf: (label) => label },
      { name: 'cut', labelOf: () => null },
    ],
  )
  expect(made).toEqual([
    { id: 't1', source: 't1', variation: null, label: 'left' },
    { id: 't1/mirrored', source: 't1', variation: 'mirrored', label: 'right' },
    { id: 't1/dimmed', source: 't1', variation: 'dimmed', label: 'left' },
  ])
})

test('GLD-4 gold comes at its rate, each claim by itself, the same again for the same claim', () => {
  const rule = { ...DEFAULT_GOLD, rate: 0.2 }
  const isGold = Array.from({ length: 2000 }, (_, claimedCount) => {
    const input = { worker: 'w', claimedCount, items, uses: unused, met: new Set<string>(), seed: 's', rule }
    expect(planGold(input)).toEqual(planGold(input))
    return planGold(input) !== null
  })
  const ratioOf = (part: readonly boolean[]) => part.filter((each) => each).length / part.length
  expect(Math.abs(ratioOf(isGold) - 0.2)).toBeLessThan(0.03)
  // Knowing that the last one was gold, or was none for long, tells nothing.
  const afterGold = isGold.filter((_, at) => isGold[at - 1])
  const afterNone = isGold.filter((_, at) => at > 8 && !isGold.slice(at - 8, at).includes(true))
  expect(Math.abs(ratioOf(afterGold) - 0.2)).toBeLessThan(0.07)
  expect(Math.abs(ratioOf(afterNone) - 0.2)).toBeLessThan(0.07)
})

test('GLD-5 nobody meets a source twice, items take turns and are retired', () => {
  const varied = varyGold(
    items.slice(0, 3).map(({ source, label }) => ({ task: source, label })),
    [{ name: 'mirrored', labelOf: (label) => label }],
  )
  const rule = { ...DEFAULT_GOLD, rate: 1, maxUses: 2 }
  const uses = new Map<string, GoldUse>()
  for (const worker of ['a', 'b', 'c', 'd', 'e']) {
    const met = new Set(['t0'])
    const got: string[] = []
    for (let claimedCount = 0; claimedCount < 6; claimedCount++) {
      const item = planGold({ worker, claimedCount, items: varied, uses, met, seed: 's', rule })
      if (!item) continue
      got.push(item.source)
      met.add(item.source)
      const before = uses.get(item.id) ?? { useCount: 0, answerCount: 0, wrongCount: 0 }
      uses.set(item.id, { ...before, useCount: before.useCount + 1 })
    }
    expect(got.sort()).toEqual(worker === 'e' ? [] : ['t1', 't2'])
  }
  // Four workers, two sources, two items each: every one twice, then all are spent.
  expect([...uses.values()].map(({ useCount }) => useCount)).toEqual([2, 2, 2, 2])
})

test('GLD-6 an item answered otherwise again and again is doubtful, one that is right hardly ever', () => {
  expect(goldState(undefined)).toBe('in-use')
  expect(goldState({ useCount: 5, answerCount: 5, wrongCount: 2 })).toBe('in-use')
  expect(goldState({ useCount: 10, answerCount: 10, wrongCount: 3 })).toBe('spent')
  expect(goldState({ useCount: 6, answerCount: 6, wrongCount: 6 })).toBe('doubtful')
  const dice = seededRandom('doubt')
  let withdrawn = 0
  for (let item = 0; item < 2000; item++) {
    let wrongCount = 0
    let isDoubtful = false
    for (let answerCount = 1; answerCount <= DEFAULT_GOLD.maxUses; answerCount++) {
      if (dice.next() < 0.3) wrongCount++
      if (goldState({ useCount: answerCount, answerCount, wrongCount }) === 'doubtful') isDoubtful = true
    }
    if (isDoubtful) withdrawn++
  }
  expect(withdrawn / 2000).toBeLessThan(0.015)
})
