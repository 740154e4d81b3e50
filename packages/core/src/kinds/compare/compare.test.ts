import { expect, test } from 'vitest'
import { publishFaults } from '../../campaign/index.ts'
import { type CompareConfig, kinds } from '../index.ts'

const [one, other] = ['01938f00-0000-7000-8000-000000000001', '01938f00-0000-7000-8000-000000000002']
const config: CompareConfig = {
  suiteId: one,
  suiteVersion: 1,
  world: 'real',
  policyVersionIds: [one, other],
  stream: null,
  whyTermIds: ['failure.dropped', 'failure.missed'],
  asksProgress: true,
  until: 'best',
}
const codes = (faults: { code: string; field: string }[]) =>
  faults.map(({ code, field }) => `${code} ${field}`)
const faultsOf = (answer: object, change: object = {}) =>
  codes(kinds.compare.answerFaults({ ...config, ...change }, { winner: 'left', why: [], ...answer }))

test('KND-9 at least two versions compete, each named once', () => {
  expect(kinds.compare.configFaults(config)).toEqual([])
  const broken = { ...config, policyVersionIds: [one], whyTermIds: ['failure.dropped', 'failure.dropped'] }
  expect(codes(kinds.compare.configFaults(broken))).toEqual([
    'versions-missing policyVersionIds',
    'term-twice whyTermIds',
  ])
  const twice = { ...config, policyVersionIds: [one, other, one] }
  expect(codes(kinds.compare.configFaults(twice))).toEqual(['version-twice policyVersionIds'])
})

test('KND-9 sides of different worlds are compared only where a campaign says so, and has both', () => {
  for (const world of ['real', 'sim', 'both'] as const)
    expect(kinds.compare.configFaults({ ...config, world })).toEqual([])
  expect(kinds.compare.configFaults({ ...config, world: 'both', mixesWorlds: true })).toEqual([])
  expect(codes(kinds.compare.configFaults({ ...config, mixesWorlds: true }))).toEqual([
    'worlds-unmixed mixesWorlds',
  ])
  expect(kinds.compare.shownConfig({ ...config, world: 'both', mixesWorlds: true })).not.toHaveProperty(
    'world',
  )
})

test('KND-9 an answer names a winner, reasons that were offered, and progress where it was asked', () => {
  for (const winner of ['left', 'right', 'tie', 'both-bad']) expect(faultsOf({ winner })).toEqual([])
  expect(faultsOf({ why: ['failure.missed'], progress: { left: 0, right: 100 } })).toEqual([])
  expect(faultsOf({ winner: 'nobody' })).toEqual(['answer-malformed winner'])
  expect(faultsOf({ why: ['failure.dropped', 'failure.none', 'failure.dropped'] })).toEqual([
    'term-unknown why.1',
    'term-twice why.2',
  ])
  expect(faultsOf({ progress: { left: 3, right: 101 } })).toEqual(['answer-malformed progress.right'])
  expect(faultsOf({ progress: { left: 3, right: 4 } }, { asksProgress: false })).toEqual([
    'progress-unasked progress',
  ])
})

test('KND-9 a worker is told nothing of the config that says whose rollouts they are', () => {
  const { whyTermIds, asksProgress } = config
  const shown = kinds.compare.shownConfig(config)
  expect(shown).toEqual({ whyTermIds, asksProgress })
  // What is checked on the phone is checked with what the phone has.
  const answer = { winner: 'tie', why: ['failure.none'] }
  expect(kinds.compare.answerFaults(config, answer)).toHaveLength(1)
  const filming = { minSeconds: 1 }
  expect(kinds.demonstrate.shownConfig(filming)).toEqual(filming)
})

test('KND-9 a pair is judged once: a flow that asks for more is not published', () => {
  const draft = {
    kind: 'compare' as const,
    title: {},
    briefs: {},
    exampleMediaId: null,
    terms: {
      payMinor: 1,
      currency: 'USD',
      estimateSeconds: 10,
      purpose: {},
      recipients: {},
      retentionDays: 1,
    },
    quota: 10,
    perWorkerMax: null,
    leaseSeconds: 60,
    config,
    goldRatio: 0,
    sourceCampaignId: null,
  }
  const flowOf = (min: number, max: number, checks: 'none' | 'required' = 'none') => ({
    ...{ checks, acceptLabels: ['x'], retakesMax: 0, answers: { min, max, sureAt: 0.9 } },
    review: { whenDisputed: false, sampleRatio: 0 },
  })
  const found = (flow: ReturnType<typeof flowOf>) =>
    publishFaults({ ...draft, flow }).flatMap(({ code, field }) => (field.startsWith('flow') ? [code] : []))
  expect(found(flowOf(1, 1))).toEqual([])
  expect(found(flowOf(1, 3))).toEqual(['answers-unfit'])
  expect(found(flowOf(1, 1, 'required'))).toEqual(['checks-unfit'])
})
