import { expect, test } from 'vitest'
import { parseSource } from './source.ts'
import { transactionFaults } from './transactions.ts'

const FILE = 'packages/server/src/features/pay/post.ts'

function faultsOf(body: string, file = FILE): string[] {
  return transactionFaults([parseSource(file, body)]).map(({ message }) => message)
}

test('TXN-1 a verb that asks and records once is in order', () => {
  expect(
    faultsOf(
      "may(ctx, 'pay.post'); await write(ctx, async (tx) => { await record(tx, ctx, 'pay.post', {}) })",
    ),
  ).toEqual([])
  expect(faultsOf("reply.raw.write('x')")).toEqual([])
  expect(faultsOf("write('x')", 'packages/server/src/platform/a.ts')).toEqual([])
})

test('TXN-2 a write without permission or without its one record is a fault', () => {
  expect(faultsOf('await write(ctx, async (tx) => { await record(tx, ctx) })')).toEqual([
    expect.stringContaining('may'),
  ])
  expect(faultsOf('may(ctx); await write(ctx, async (tx) => {})')).toEqual([
    expect.stringContaining('0 times'),
  ])
  expect(
    faultsOf('may(ctx); await write(ctx, async (tx) => { await record(tx); await record(tx) })'),
  ).toEqual([expect.stringContaining('2 times')])
  expect(faultsOf('may(ctx); await write(ctx, a); await write(ctx, b); record(tx)')).toEqual([
    expect.stringContaining('two'),
  ])
})
