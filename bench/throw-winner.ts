import type { SeededRandom } from '@chiron/core/kit'
import type { Winner } from '@chiron/core/ranking'

/** Log-odds of a tie between equals, against a win of either: a third of comparisons of equals end even. */
export const TIE = 0

/** What somebody says of two whose strengths lie `difference` apart, in log-odds, by Davidson's model. */
export function throwWinner(dice: SeededRandom, difference: number): Winner {
  const lead = difference / 2
  const chances = [Math.exp(lead), Math.exp(TIE), Math.exp(-lead)]
  const thrown = dice.next() * chances.reduce((sum, chance) => sum + chance, 0)
  return thrown < chances[0]! ? 'left' : thrown < chances[0]! + chances[1]! ? 'tie' : 'right'
}
