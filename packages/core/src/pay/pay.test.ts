import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Money, Posting } from './index.ts'
import {
  account,
  assertBalanced,
  assertMoney,
  escrowNeeded,
  expectedHourlyMinor,
  minorDigits,
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
  termsRaiseOnly,
} from './index.ts'

const anyMoney: fc.Arbitrary<Money> = fc.record({
  amountMinor: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  currency: fc.constantFrom('USD', 'JPY', 'KWD'),
})
const builders = [
  postFund,
  postEscrow,
  postHold,
  postAccept,
  postVoid,
  postTopUp,
  postRefund,
  postPayoutRequest,
  postPayoutPaid,
  postPayoutFailed,
]
const anyEntry = fc
  .tuple(fc.constantFrom(...builders), anyMoney, fc.constantFrom('c1', 'c2'), fc.constantFrom('w1', 'w2'))
  .map(([build, amount, campaignId, workerId]) => build({ amount, campaignId, workerId }))

test('PAY-1 money is whole, safe, and of a currency; digits follow ISO 4217', () => {
  expect(() => assertMoney({ amountMinor: 0.5, currency: 'USD' })).toThrow('whole minor units')
  expect(() => assertMoney({ amountMinor: 2 ** 53, currency: 'USD' })).toThrow('whole minor units')
  expect(() => assertMoney({ amountMinor: 1, currency: 'usd' })).toThrow('three capital letters')
  expect(['USD', 'EUR', 'EGP', 'JPY', 'VND', 'KWD', 'CLF'].map(minorDigits)).toEqual([2, 2, 2, 0, 0, 3, 4])
})

test('PAY-2 every builder gives a balanced entry', () => {
  fc.assert(
    fc.property(anyEntry, (postings) => {
      assertBalanced(postings)
      expect(postings).toHaveLength(2)
    }),
  )
})

test('PAY-2 an entry that does not balance is stopped', () => {
  const amount = { amountMinor: 100, currency: 'USD' }
  const [from, to] = postFund({ amount }) as [Posting, Posting]
  expect(() => assertBalanced([from])).toThrow('at least two')
  expect(() => assertBalanced([from, { ...to, amountMinor: 99 }])).toThrow('sum to -1')
  expect(() => assertBalanced([from, { ...to, currency: 'EUR' }])).toThrow('EUR')
  expect(() => assertBalanced([from, to, { ...to, amountMinor: 0 }])).toThrow('moves something')
  expect(() => postFund({ amount: { ...amount, amountMinor: 0 } })).toThrow('above zero')
  expect(() => postFund({ amount: { ...amount, amountMinor: -1 } })).toThrow('above zero')
})

test('PAY-3 after any sequence of entries all accounts together hold zero', () => {
  fc.assert(
    fc.property(fc.array(anyEntry, { maxLength: 60 }), (entries) => {
      for (const { sumMinor } of sumByCurrency(entries.flat())) expect(sumMinor).toBe(0n)
    }),
  )
})

test('PAY-3 PAY-7 the walk of one campaign: funded, held, accepted, voided, paid out, refunded', () => {
  const usd = (amountMinor: number): Money => ({ amountMinor, currency: 'USD' })
  const campaignId = 'c'
  const workerId = 'w'
  const entries = [
    postFund({ amount: usd(1000) }),
    postEscrow({ campaignId, amount: usd(600) }),
    postHold({ campaignId, workerId, amount: usd(100) }),
    postHold({ campaignId, workerId, amount: usd(100) }),
    postAccept({ workerId, amount: usd(100) }),
    postVoid({ campaignId, workerId, amount: usd(100) }),
    postTopUp({ campaignId, workerId, amount: usd(20) }),
    postPayoutRequest({ workerId, amount: usd(120) }),
    postPayoutFailed({ workerId, amount: usd(120) }),
    postPayoutRequest({ workerId, amount: usd(70) }),
    postPayoutPaid({ workerId, amount: usd(70) }),
    postRefund({ campaignId, amount: usd(480) }),
  ]
  const holds = (name: string) =>
    entries
      .flat()
      .filter((posting) => posting.account === name)
      .reduce((sum, posting) => sum + posting.amountMinor, 0)
  expect(holds(account.external)).toBe(-930)
  expect(holds(account.funds)).toBe(880)
  expect(holds(account.escrow(campaignId))).toBe(0)
  expect(holds(account.pending(workerId))).toBe(0)
  expect(holds(account.payout(workerId))).toBe(0)
  expect(holds(account.balance(workerId))).toBe(50)
})

test('PAY-4 WR-2 the escrow is all pay plus 20%, rounded up', () => {
  const needed = (payMinor: number, paidUnitCount: number) =>
    escrowNeeded({ payMinor, paidUnitCount, currency: 'USD' }).amountMinor
  expect(needed(100, 10)).toBe(1200)
  expect(needed(1, 1)).toBe(2)
  expect(needed(7, 3)).toBe(26)
  expect(needed(0, 5)).toBe(0)
  expect(() => needed(Number.MAX_SAFE_INTEGER, 2)).toThrow('escrow-too-large')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e7 }), fc.integer({ min: 0, max: 1e6 }), (pay, count) => {
      const exact = (BigInt(pay) * BigInt(count) * 6n) / 5n
      const amount = BigInt(needed(pay, count))
      expect(amount === exact || amount === exact + 1n).toBe(true)
      expect(amount * 5n >= BigInt(pay) * BigInt(count) * 6n).toBe(true)
    }),
  )
})

test('PAY-5 WR-4 the expected hourly rate is never overstated', () => {
  expect(expectedHourlyMinor({ payMinor: 120, estimateSeconds: 240 })).toBe(1800)
  expect(expectedHourlyMinor({ payMinor: 10, estimateSeconds: 7 })).toBe(5142)
  expect(() => expectedHourlyMinor({ payMinor: 10, estimateSeconds: 0 })).toThrow('above zero')
})

test('PAY-6 WR-8 accepted terms freeze; only pay may rise', () => {
  const accepted = { payMinor: 100, currency: 'USD', retentionDays: 30, purpose: { en: 'a', ar: 'ب' } }
  expect(termsRaiseOnly(accepted, { ...accepted })).toEqual([])
  expect(termsRaiseOnly(accepted, { ...accepted, purpose: { ar: 'ب', en: 'a' }, payMinor: 101 })).toEqual([])
  const worse = termsRaiseOnly(accepted, { ...accepted, payMinor: 99, retentionDays: 31 })
  expect(worse.map((fault) => [fault.code, fault.field])).toEqual([
    ['pay-lowered', 'payMinor'],
    ['terms-frozen', 'retentionDays'],
  ])
  const grown = termsRaiseOnly(accepted, { ...accepted, payMinor: 200, sharedWithAnyone: true })
  expect(grown.map((fault) => fault.field)).toEqual(['sharedWithAnyone'])
  const { purpose: _, ...less } = accepted
  expect(termsRaiseOnly(accepted, less).map((fault) => fault.field)).toEqual(['purpose'])
})
