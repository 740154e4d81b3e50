import { expect, test } from 'vitest'
import { shownAs } from './shown-as.ts'

test('a payout that came back is not called one that was asked for', () => {
  expect(shownAs({ what: 'payout', amountMinor: -980 })).toBe('payout')
  expect(shownAs({ what: 'payout', amountMinor: 980 })).toBe('payoutBack')
  expect(shownAs({ what: 'accepted', amountMinor: 980 })).toBe('accepted')
  expect(shownAs({ what: 'void', amountMinor: -980 })).toBe('void')
})
