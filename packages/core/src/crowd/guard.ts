import { isTooSure } from '../stopping/index.ts'

/** A question that stopped at this sureness, and whether its label changed when more was learned of it. */
export type Audit = { readonly sureness: number; readonly isChanged: boolean }

/** Above this nothing stops early. */
const MOST_SURE_AT = 0.9999

/**
 * The bar from which to stop, raised tenfold in odds as often as audits of questions that stopped above it changed
 * more than it allows for (`isTooSure`, 1% false alarms): what two models agree on is not enough where workers err
 * together. Never below what was asked for.
 */
export function guardedBar(audits: readonly Audit[], sureAt: number): number {
  let bar = sureAt
  while (bar < MOST_SURE_AT) {
    const above = audits.filter(({ sureness }) => sureness >= bar)
    const changedCount = above.filter(({ isChanged }) => isChanged).length
    if (!isTooSure({ checkedCount: above.length, changedCount }, bar)) return bar
    bar = 1 - (1 - bar) / 10
  }
  return bar
}
