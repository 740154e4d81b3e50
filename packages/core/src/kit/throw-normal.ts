import type { SeededRandom } from './seeded-random.ts'

/** A standard normal number (Box and Muller 1958, one of the pair). */
export function throwNormal(dice: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - dice.next())) * Math.cos(2 * Math.PI * dice.next())
}
