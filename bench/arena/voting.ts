import { type SeededRandom, seededRandom } from '@chiron/core/kit'
import type { Comparison } from '@chiron/core/ranking'
import { throwWinner } from '../throw-winner.ts'

/** A rater: how sharply they see a difference (1 as Davidson's model says, 0 a coin, −1 turned round). */
export type Rater = { readonly name: string; readonly scale: number }

/** An arena whose truth is known. `strengths` in log-odds against an even opponent, by policy. */
export type Arena = {
  readonly policies: readonly string[]
  readonly strengths: readonly number[]
  readonly raters: readonly Rater[]
  readonly dice: SeededRandom
}

export function arenaOf(seed: string, strengths: readonly number[], raters: readonly Rater[]): Arena {
  return { policies: strengths.map((_, at) => `policy ${at}`), strengths, raters, dice: seededRandom(seed) }
}

/** What some rater says of two policies: Davidson's model, their scale on the difference. */
export function voteOn(
  { policies, strengths, raters, dice }: Arena,
  left: number,
  right: number,
): Comparison {
  const rater = raters[dice.int(raters.length)]!
  const winner = throwWinner(dice, rater.scale * (strengths[left]! - strengths[right]!))
  return { left: policies[left]!, right: policies[right]!, winner, worker: rater.name }
}

/** Whether strengths stand in the order of the truth. */
export function isInOrder({ policies, strengths }: Arena, strengthOf: (policy: string) => number): boolean {
  const truth = [...policies.keys()].sort((a, b) => strengths[b]! - strengths[a]!)
  return truth.slice(1).every((at, place) => strengthOf(policies[truth[place]!]!) > strengthOf(policies[at]!))
}
