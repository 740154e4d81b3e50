export { ESCROW_MARGIN_PERCENT, escrowNeeded, expectedHourlyMinor } from './escrow.ts'
export type { Money } from './money.ts'
export { assertMoney, currencySchema, minorDigits } from './money.ts'
export type { Posting } from './postings.ts'
export {
  account,
  assertBalanced,
  MAX_POSTINGS_PER_ENTRY,
  postAccept,
  postEscrow,
  postFund,
  postHold,
  postPayoutFailed,
  postPayoutPaid,
  postPayoutRequest,
  postRefund,
  postTopUp,
  postVoid,
  sumByCurrency,
} from './postings.ts'
export type { TermsFault } from './terms-raise-only.ts'
export { termsRaiseOnly } from './terms-raise-only.ts'
