import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Checked, FlowEvent, FlowFault, FlowRule, Reviewed, Step } from './index.ts'
import { flowRuleSchema, hasPassedChecks, MAX_FLOW_EVENTS, nextStep } from './index.ts'

const SUCCESS = 'outcome.success'
const FAILURE = 'outcome.failure'

const demonstration: FlowRule = {
  checks: 'required',
  answers: { min: 2, max: 5, sureAt: 0.95 },
  acceptLabels: [SUCCESS],
  review: { whenDisputed: true, sampleRatio: 0 },
  retakesMax: 2,
}
const question: FlowRule = {
  checks: 'none',
  answers: { min: 3, max: 5, sureAt: 0.9 },
  acceptLabels: [],
  review: { whenDisputed: true, sampleRatio: 0 },
  retakesMax: 0,
}

let lastId = 0
const id = () => String(++lastId).padStart(8, '0')
const checked = (attempt: number, ...codes: [string, 'fixable' | 'fatal' | 'notice'][]): FlowEvent => ({
  kind: 'checked',
  id: id(),
  attempt,
  faults: codes.map(([code, severity]) => ({ code, severity })),
})
const answered = (worker: string, label = SUCCESS, attempt = 1): FlowEvent => ({
  kind: 'answered',
  id: id(),
  attempt,
  worker,
  label,
})
const consensus = (answerCount: number, label: string, probability: number, attempt = 1): FlowEvent => ({
  kind: 'consensus',
  id: id(),
  attempt,
  answerCount,
  label,
  probability,
})
const appealed = (attempt = 1): FlowEvent => ({ kind: 'appealed', id: id(), attempt })
const accepts = (member: string, more: { attempt?: number; byAppeal?: boolean; label?: string } = {}) =>
  ({
    kind: 'reviewed',
    id: id(),
    attempt: 1,
    member,
    byAppeal: false,
    decision: 'accept',
    ...more,
  }) satisfies Reviewed
const refuses = (member: string, decision: 'return' | 'reject', byAppeal = false): Reviewed => ({
  kind: 'reviewed',
  id: id(),
  attempt: 1,
  member,
  byAppeal,
  decision,
  reasonCode: 'not-finished',
})
const withdrawn = (): FlowEvent => ({ kind: 'withdrawn', id: id() })

const codes = ['dark', 'shaky', 'no-video']
const labels = [SUCCESS, FAILURE, 'outcome.partial']
const attemptOf = fc.integer({ min: 1, max: 3 })
const someone = fc.constantFrom('ada', 'bo', 'cy')
const anyEvent: fc.Arbitrary<FlowEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('checked' as const),
    id: fc.constant(''),
    attempt: attemptOf,
    faults: fc.array(
      fc.record({
        code: fc.constantFrom(...codes),
        severity: fc.constantFrom('fixable' as const, 'fatal' as const, 'notice' as const),
      }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    kind: fc.constant('answered' as const),
    id: fc.constant(''),
    attempt: attemptOf,
    worker: someone,
    label: fc.constantFrom(...labels),
  }),
  fc.record({
    kind: fc.constant('consensus' as const),
    id: fc.constant(''),
    attempt: attemptOf,
    answerCount: fc.integer({ min: 1, max: 5 }),
    label: fc.constantFrom(...labels),
    probability: fc.constantFrom(0.4, 0.8, 0.96, 1),
    sureness: fc.option(fc.constantFrom(0.5, 0.9, 0.99), { nil: undefined }),
    sureAt: fc.option(fc.constantFrom(0.8, 0.995), { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('appealed' as const), id: fc.constant(''), attempt: attemptOf }),
  fc.record({
    kind: fc.constant('reviewed' as const),
    id: fc.constant(''),
    attempt: attemptOf,
    member: someone,
    byAppeal: fc.boolean(),
    decision: fc.constant('accept' as const),
    label: fc.option(fc.constantFrom(...labels), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('reviewed' as const),
    id: fc.constant(''),
    attempt: attemptOf,
    member: someone,
    byAppeal: fc.boolean(),
    decision: fc.constantFrom('return' as const, 'reject' as const),
    reasonCode: fc.constantFrom('not-finished', 'wrong-task'),
  }),
)
const anyEvents = fc
  .tuple(fc.array(anyEvent, { maxLength: 12 }), fc.boolean())
  .map(([events, isWithdrawn]) => [
    ...events.map((event, at): FlowEvent => ({ ...event, id: `e${String(at).padStart(3, '0')}` })),
    ...(isWithdrawn ? [{ kind: 'withdrawn' as const, id: 'w' }] : []),
  ])
const anyAnswers = fc.record({
  min: fc.integer({ min: 1, max: 3 }),
  max: fc.integer({ min: 3, max: 5 }),
  sureAt: fc.constantFrom(0.7, 0.95),
})
const anyRule: fc.Arbitrary<FlowRule> = fc
  .record({
    checks: fc.constantFrom('required' as const, 'none' as const),
    answers: fc.option(anyAnswers, { nil: null, freq: 4 }),
    acceptLabels: fc.constantFrom<string[]>([], [SUCCESS]),
    review: fc.record({ whenDisputed: fc.boolean(), sampleRatio: fc.constantFrom(0, 0.3, 1) }),
    retakesMax: fc.integer({ min: 0, max: 2 }),
  })
  .filter((rule) => rule.checks === 'required' || rule.answers !== null)

test('FLOW-1 any order and any repetition of events ends in the same step', () => {
  const whole = (events: FlowEvent[]) =>
    fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length })
  const twoOrders = anyEvents.chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events).chain((repeated) => whole([...events, ...repeated])),
    ),
  )
  fc.assert(
    fc.property(anyRule, twoOrders, fc.string(), (rule, [events, mixed], seed) => {
      expect(nextStep(rule, structuredClone(mixed), seed)).toEqual(nextStep(rule, events, seed))
    }),
    { numRuns: 2000 },
  )
})

test('FLOW-1 one id with two contents, and endless lists, are our mistakes', () => {
  const first = answered('ada')
  expect(() => nextStep(question, [first, { ...answered('bo'), id: first.id }], 's')).toThrow('two different')
  expect(() => nextStep(question, Array(MAX_FLOW_EVENTS + 1).fill(first), 's')).toThrow('more events')
})

test('FLOW-2 a retake starts again', () => {
  const before = [checked(1, ['dark', 'fixable']), answered('ada'), answered('bo'), consensus(2, SUCCESS, 1)]
  expect(nextStep(demonstration, [...before, checked(2)], 's')).toEqual({ kind: 'ask', attempt: 2, count: 2 })
  const returned = [checked(1), refuses('mia', 'return')]
  expect(nextStep(demonstration, [...returned, checked(2)], 's').kind).toBe('ask')
})

test('FLOW-3 the latest check, the largest consensus and the latest decision stand', () => {
  const alarm = () => checked(1, ['no-video', 'fatal'])
  expect(nextStep(demonstration, [checked(1), alarm()], 's').kind).toBe('review')
  expect(nextStep(demonstration, [alarm(), checked(1)], 's').kind).toBe('ask')

  const three = [answered('ada'), answered('bo'), answered('cy')]
  const small = [consensus(3, 'a', 0.99), consensus(2, 'b', 0.99)]
  expect(nextStep(question, [...three, ...small], 's')).toMatchObject({ kind: 'accept', label: 'a' })
  const same = [consensus(3, 'b', 0.97), consensus(3, 'a', 0.99)]
  expect(nextStep(question, [...three, ...same], 's')).toMatchObject({ label: 'a', probability: 0.99 })

  const decisions = [refuses('mia', 'reject'), refuses('mia', 'return')]
  expect(nextStep(demonstration, [checked(1), ...decisions], 's')).toMatchObject({
    kind: 'return',
    by: 'member',
  })
})

test('FLOW-4 WR-13 a retake is offered for fixable faults, then a member looks', () => {
  expect(nextStep(demonstration, [], 's')).toEqual({ kind: 'await-checks', attempt: 1 })
  const faults = checked(1, ['shaky', 'fixable'], ['dark', 'fixable'], ['long', 'notice'])
  expect(nextStep(demonstration, [faults], 's')).toEqual({
    kind: 'return',
    attempt: 1,
    reasons: ['dark', 'shaky'],
    by: 'checks',
  })
  expect(nextStep(demonstration, [faults, checked(2, ['dark', 'fixable'])], 's').kind).toBe('return')
  const third = [faults, checked(2, ['dark', 'fixable']), checked(3, ['dark', 'fixable'])]
  expect(nextStep(demonstration, third, 's')).toEqual({ kind: 'review', attempt: 3, why: 'fault', notBy: [] })
  expect(nextStep(demonstration, [checked(1, ['no-video', 'fatal'])], 's')).toMatchObject({ why: 'fault' })
  expect(nextStep(demonstration, [checked(1, ['long', 'notice'])], 's').kind).toBe('ask')
})

test('FLOW-4 checks alone accept when the rule asks for nothing else', () => {
  const rule = { ...demonstration, answers: null }
  expect(nextStep(rule, [checked(1)], 's')).toEqual({
    kind: 'accept',
    attempt: 1,
    label: null,
    probability: null,
    by: 'checks',
  })
})

test('FLOW-5 asks until min, then one by one until sure or max; a worker counts once', () => {
  const ask = (count: number): Step => ({ kind: 'ask', attempt: 1, count })
  expect(nextStep(question, [], 's')).toEqual(ask(3))
  expect(nextStep(question, [answered('ada'), answered('ada'), answered('bo')], 's')).toEqual(ask(1))
  const three = [answered('ada'), answered('bo'), answered('cy')]
  const waiting: Step = { kind: 'await-consensus', attempt: 1, answerCount: 3 }
  expect(nextStep(question, three, 's')).toEqual(waiting)
  expect(nextStep(question, [...three, consensus(2, 'a', 1)], 's')).toEqual(waiting)
  expect(nextStep(question, [...three, consensus(3, 'a', 0.6)], 's')).toEqual(ask(1))
  expect(nextStep(question, [...three, consensus(3, 'a', 0.9)], 's')).toEqual({
    kind: 'accept',
    attempt: 1,
    label: 'a',
    probability: 0.9,
    by: 'consensus',
  })
})

test('FLOW-14 how sure is read from the event: the less sure model, and the bar that the guard has raised', () => {
  const three = [answered('ada'), answered('bo'), answered('cy')]
  const stepAt = (more: { sureness?: number; sureAt?: number }, probability = 0.99) =>
    nextStep(question, [...three, { ...consensus(3, 'a', probability), ...more } as FlowEvent], 's')
  expect(stepAt({ sureness: 0.89 })).toMatchObject({ kind: 'ask', count: 1 })
  expect(stepAt({ sureness: 0.9 }, 0.6)).toMatchObject({ kind: 'accept', probability: 0.6 })
  expect(stepAt({ sureness: 0.95, sureAt: 0.99 })).toMatchObject({ kind: 'ask', count: 1 })
  expect(stepAt({ sureness: 0.995, sureAt: 0.99 }).kind).toBe('accept')
  // A low bar of the guard never undercuts the rule, and a member who settled is not doubted by a model.
  expect(stepAt({ sureness: 0.8, sureAt: 0.5 }).kind).toBe('ask')
  const member = { ...consensus(3, 'a', 1), sureness: 0.4, settledBy: 'member' } as const
  expect(nextStep(question, [...three, member as FlowEvent], 's')).toMatchObject({
    kind: 'accept',
    by: 'member',
  })
})

test('FLOW-14 a higher bar never ends earlier', () => {
  fc.assert(
    fc.property(anyRule, anyEvents, fc.string(), (rule, events, seed) => {
      const raised = events.map((event) =>
        event.kind === 'consensus' ? { ...event, sureAt: 0.9999 } : event,
      )
      const [before, after] = [nextStep(rule, events, seed), nextStep(rule, raised, seed)]
      if (before.kind === 'ask') expect(after.kind).toBe('ask')
    }),
    { numRuns: 1000 },
  )
})

test('FLOW-6 a sure label that does not accept goes to a member, never to a rejection', () => {
  const judged = [checked(1), answered('ada'), answered('bo')]
  expect(nextStep(demonstration, [...judged, consensus(2, FAILURE, 1)], 's')).toEqual({
    kind: 'review',
    attempt: 1,
    why: 'fault',
    notBy: [],
  })
  expect(nextStep(demonstration, [...judged, consensus(2, SUCCESS, 0.97)], 's').kind).toBe('accept')
})

test('FLOW-7 unsure at max', () => {
  const unsure = (label: string) => [checked(1), consensus(5, label, 0.6)]
  const relaxed = { ...demonstration, review: { whenDisputed: false, sampleRatio: 0 } }
  expect(nextStep(demonstration, unsure(SUCCESS), 's')).toMatchObject({ kind: 'review', why: 'disputed' })
  expect(nextStep(relaxed, unsure(FAILURE), 's')).toMatchObject({ kind: 'review', why: 'disputed' })
  expect(nextStep(relaxed, unsure(SUCCESS), 's')).toMatchObject({ kind: 'accept', probability: 0.6 })
})

test("FLOW-8 a member's acceptance stands, with the member's label", () => {
  const disputed = [consensus(5, 'a', 0.5)]
  expect(nextStep(question, [...disputed, accepts('mia', { label: 'b' })], 's')).toEqual({
    kind: 'accept',
    attempt: 1,
    label: 'b',
    probability: null,
    by: 'member',
  })
  expect(nextStep(question, [...disputed, accepts('mia')], 's')).toMatchObject({ label: 'a' })
  const against = [checked(1), consensus(5, FAILURE, 1), accepts('mia')]
  expect(nextStep(demonstration, against, 's')).toMatchObject({ kind: 'accept', label: null })
  const later = [...against, checked(2, ['dark', 'fixable']), refuses('noa', 'reject')]
  expect(nextStep(demonstration, later, 's')).toMatchObject({ kind: 'accept', attempt: 1 })
})

test('FLOW-9 WR-11 without a member there is never a rejection, and automatic returns are limited', () => {
  fc.assert(
    fc.property(anyRule, anyEvents, fc.string(), (rule, events, seed) => {
      const unattended = events.filter((event) => event.kind !== 'reviewed')
      const step = nextStep(rule, unattended, seed)
      expect(step.kind).not.toBe('reject')
      if (step.kind === 'return') expect(step.attempt).toBeLessThanOrEqual(rule.retakesMax)
      const decided = nextStep(rule, events, seed)
      if (decided.kind !== 'reject') return
      const by = events.filter((event) => event.kind === 'reviewed' && event.member === decided.member)
      expect(by).toContainEqual(
        expect.objectContaining({ decision: 'reject', reasonCode: decided.reasonCode }),
      )
    }),
    { numRuns: 2000 },
  )
})

test('FLOW-9 WR-12 a rejection names member and reason', () => {
  expect(nextStep(demonstration, [checked(1), refuses('mia', 'reject')], 's')).toEqual({
    kind: 'reject',
    attempt: 1,
    member: 'mia',
    reasonCode: 'not-finished',
    byAppeal: false,
  })
})

test('FLOW-10 WR-16 an appeal goes to another member, whose decision is the last', () => {
  const rejected = [checked(1), refuses('mia', 'reject')]
  const open: Step = { kind: 'review', attempt: 1, why: 'appeal', notBy: ['mia'] }
  expect(nextStep(demonstration, [...rejected, appealed()], 's')).toEqual(open)
  const own = [...rejected, appealed(), accepts('mia', { byAppeal: true })]
  expect(nextStep(demonstration, own, 's')).toEqual(open)
  const upheld = [...rejected, appealed(), accepts('noa', { byAppeal: true })]
  expect(nextStep(demonstration, upheld, 's')).toMatchObject({ kind: 'accept', by: 'member' })
  const dismissed = [...rejected, appealed(), refuses('noa', 'reject', true), appealed()]
  expect(nextStep(demonstration, dismissed, 's')).toMatchObject({
    kind: 'reject',
    member: 'noa',
    byAppeal: true,
  })
  const machine = [checked(1, ['dark', 'fixable']), appealed()]
  expect(nextStep(demonstration, machine, 's')).toMatchObject({ why: 'appeal', notBy: [] })
})

test('FLOW-11 sampling follows the seed and the ratio', () => {
  const sure = [checked(1), consensus(2, SUCCESS, 1)]
  const sampled = (sampleRatio: number, seed: string) =>
    nextStep({ ...demonstration, review: { whenDisputed: true, sampleRatio } }, sure, seed).kind === 'review'
  const seeds = Array.from({ length: 2000 }, (_, at) => `task-${at}`)
  expect(seeds.filter((seed) => sampled(0, seed))).toEqual([])
  expect(seeds.filter((seed) => sampled(1, seed)).length).toBe(2000)
  const tenth = seeds.filter((seed) => sampled(0.1, seed))
  expect(tenth.length).toBeGreaterThan(150)
  expect(tenth.length).toBeLessThan(250)
  expect(tenth.every((seed) => sampled(0.1, seed) && sampled(0.3, seed))).toBe(true)
  const rule = { ...demonstration, review: { whenDisputed: true, sampleRatio: 1 } }
  expect(nextStep(rule, [...sure, accepts('mia')], 's')).toMatchObject({ kind: 'accept', by: 'member' })
})

test('FLOW-12 withdrawal stops everything', () => {
  fc.assert(
    fc.property(anyRule, anyEvents, (rule, events) => {
      expect(nextStep(rule, [...events, withdrawn()], 's')).toEqual({ kind: 'stopped' })
    }),
  )
})

test('FLOW-13 WR-24 an attempt has passed its checks when they ran and found nothing to mend', () => {
  const found = (severity: FlowFault['severity'], attempt = 1): Checked => ({
    kind: 'checked',
    id: id(),
    attempt,
    faults: [{ code: 'dark', severity }],
  })
  const none = { ...demonstration, checks: 'none' as const }
  expect(hasPassedChecks(demonstration, [withdrawn()], 1)).toBe(false)
  expect(hasPassedChecks(demonstration, [found('notice'), withdrawn()], 1)).toBe(true)
  expect(hasPassedChecks(demonstration, [found('notice')], 2)).toBe(false)
  for (const severity of ['fixable', 'fatal'] as const) {
    expect(hasPassedChecks(demonstration, [found(severity)], 1)).toBe(false)
    expect(hasPassedChecks(none, [found(severity)], 1)).toBe(true)
    expect(hasPassedChecks(demonstration, [found(severity), found('notice')], 1)).toBe(true)
  }
})

test('FLOW-5 acting on each step always ends, within a known number of steps', () => {
  const world = fc.record({
    faulty: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    probabilities: fc.array(fc.double({ min: 0.34, max: 1, noNaN: true }), { minLength: 26, maxLength: 26 }),
    label: fc.constantFrom(...labels),
    decision: fc.constantFrom('accept' as const, 'return' as const, 'reject' as const),
  })
  fc.assert(
    fc.property(anyRule, world, (rule, { faulty, probabilities, label, decision }) => {
      const events: FlowEvent[] = []
      let step = nextStep(rule, events, 's')
      let steps = 0
      const isOver = () => ['accept', 'reject', 'stopped'].includes(step.kind)
      while (!isOver() && steps <= 200) {
        steps++
        const { attempt } = step as { attempt: number }
        if (step.kind === 'await-checks') events.push(checked(attempt, ...wobbly(faulty[attempt])))
        if (step.kind === 'ask')
          for (let n = 0; n < step.count; n++) events.push(answered(`w${id()}`, label, attempt))
        if (step.kind === 'await-consensus')
          events.push(consensus(step.answerCount, label, probabilities[step.answerCount] ?? 1, attempt))
        if (step.kind === 'return') {
          if (step.by === 'member' || rule.checks === 'none') break
          events.push(checked(attempt + 1, ...wobbly(faulty[attempt + 1])))
        }
        if (step.kind === 'review')
          events.push(
            decision === 'accept' ? accepts('mia', { attempt }) : { ...refuses('mia', decision), attempt },
          )
        step = nextStep(rule, events, 's')
      }
      expect(steps).toBeLessThanOrEqual(2 + rule.retakesMax * 2 + (rule.answers?.max ?? 0) * 2 + 2)
      expect(['accept', 'reject', 'return']).toContain(step.kind)
    }),
    { numRuns: 1000 },
  )
})

function wobbly(isFaulty: boolean | undefined): [string, 'fixable'][] {
  return isFaulty ? [['dark', 'fixable']] : []
}

test('FLOW-4 FLOW-6 a rule that could decide nothing, or accept anything, is refused', () => {
  expect(flowRuleSchema.safeParse(demonstration).success).toBe(true)
  expect(flowRuleSchema.safeParse(question).success).toBe(true)
  expect(flowRuleSchema.safeParse({ ...question, answers: null }).success).toBe(false)
  expect(flowRuleSchema.safeParse({ ...demonstration, acceptLabels: [] }).success).toBe(false)
  const reversed = { ...question, answers: { min: 4, max: 3, sureAt: 0.9 } }
  expect(flowRuleSchema.safeParse(reversed).success).toBe(false)
  expect(flowRuleSchema.safeParse({ ...question, retakesMax: 11 }).success).toBe(false)
})
