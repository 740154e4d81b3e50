import { assert, seededRandom, sortBy } from '../kit/index.ts'
import { DEFAULT_GOLD, type GoldItem, type GoldRule, type GoldUse } from './gold-item.ts'
import { goldState } from './gold-state.ts'

export type GoldPlanInput = {
  readonly worker: string
  /** How many tasks the worker has claimed in the campaign before this one. */
  readonly claimedCount: number
  readonly items: readonly GoldItem[]
  /** By item; none: never used. */
  readonly uses: ReadonlyMap<string, GoldUse>
  /** Sources that the worker has answered as a task or met as gold, in any variation. */
  readonly met: ReadonlySet<string>
  readonly seed: string
  readonly rule?: GoldRule
}

/** Whether the worker's next task is gold, and which; null: an ordinary task, also where no gold is left. */
export function planGold(input: GoldPlanInput): GoldItem | null {
  const { worker, claimedCount, items, uses, met, seed, rule = DEFAULT_GOLD } = input
  assert(rule.rate >= 0 && rule.rate <= 1, 'a rate lies between 0 and 1')
  const dice = seededRandom(`gold ${seed} ${worker} ${claimedCount}`)
  if (dice.next() >= rule.rate) return null
  const left = items.filter(
    ({ id, source }) => !met.has(source) && goldState(uses.get(id), rule) === 'in-use',
  )
  const thrown = dice.shuffle(sortBy(left, ({ id }) => id))
  return sortBy(thrown, ({ id }) => uses.get(id)?.useCount ?? 0)[0] ?? null
}
