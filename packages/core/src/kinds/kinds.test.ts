import fc from 'fast-check'
import { expect, test } from 'vitest'
import { takeLimitsSchema } from '../episode/index.ts'
import {
  type ChooseConfig,
  chooseConfigSchema,
  demonstrateConfigSchema,
  keepVisibleChoices,
  kinds,
  takeLimits,
  visibleQuestions,
} from './index.ts'

const config: ChooseConfig = {
  questions: [
    {
      id: 'outcome',
      prompt: { en: 'Did it work?' },
      termKind: 'outcome',
      termIds: ['success', 'partial', 'failure'],
      required: true,
    },
    {
      id: 'reason',
      prompt: { en: 'What went wrong?', ar: 'ما الخطأ؟' },
      termKind: 'failure',
      termIds: ['dropped', 'missed', 'other'],
      required: true,
      showWhen: { question: 'outcome', isOneOf: ['partial', 'failure'] },
    },
    {
      id: 'where',
      prompt: { en: 'Where did it drop?' },
      termKind: 'state',
      termIds: ['table', 'floor'],
      required: false,
      showWhen: { question: 'reason', isOneOf: ['dropped'] },
    },
    {
      id: 'state',
      prompt: { en: 'The cup is …' },
      termKind: 'state',
      termIds: ['upright', 'lying'],
      required: false,
    },
  ],
  verdictQuestion: 'outcome',
}

const take = {
  uploadId: 'u1',
  sha256: 'ab'.repeat(32),
  bytes: 1_000_000,
  durationMs: 9_967,
  recordedAt: '2026-11-22T10:00:00Z',
  device: { tier: 'low', userAgentFamily: 'Chrome', width: 1280, height: 720, fps: 30 },
  trim: { fromMs: 500, toMs: 10_467 },
  phoneFaults: [{ code: 'shaking', severity: 'fixable', fromMs: 0, toMs: 900, value: 0.07, limit: 0.05 }],
}
const filming = {
  minSeconds: 5,
  maxSeconds: 20,
  camera: 'environment',
  orientation: 'landscape',
  minHeight: 480,
  fps: 30,
}

const codes = (faults: { code: string }[]): string[] => faults.map(({ code }) => code)

test('KND-1 the registry names each kind as the kind names itself', () => {
  for (const [name, kind] of Object.entries(kinds)) expect(kind.name).toBe(name)
})

test('KND-2 nonsense of any shape gives faults, never an exception', () => {
  fc.assert(
    fc.property(fc.anything(), (nonsense) => {
      for (const kind of Object.values(kinds)) expect(kind.configFaults(nonsense).length).toBeGreaterThan(0)
      expect(kinds.choose.answerFaults(config, nonsense).length).toBeGreaterThan(0)
      expect(kinds.demonstrate.answerFaults(filming, nonsense).length).toBeGreaterThan(0)
    }),
  )
  expect(kinds.demonstrate.configFaults({ ...filming, fps: 0 })).toMatchObject([
    { code: 'config-malformed', field: 'fps' },
  ])
})

test('KND-3 a good config has no faults; each mistake is named at its place', () => {
  expect(kinds.choose.configFaults(config)).toEqual([])
  const broken = structuredClone(config)
  broken.questions[1]!.showWhen = { question: 'state', isOneOf: ['upright'] }
  broken.questions[2]!.showWhen = { question: 'reason', isOneOf: ['lost'] }
  broken.questions[3]!.id = 'outcome'
  broken.verdictQuestion = 'reason'
  expect(kinds.choose.configFaults(broken).map(({ code, field }) => `${code} ${field}`)).toEqual([
    'question-not-earlier questions.1.showWhen.question',
    'term-unknown questions.2.showWhen.isOneOf',
    'question-twice questions.3.id',
    'verdict-not-asked verdictQuestion',
  ])
  expect(codes(kinds.choose.configFaults({ ...config, verdictQuestion: 'nobody' }))).toEqual([
    'question-unknown',
  ])
})

test('KND-4 required, hidden, unknown and invented choices are told apart', () => {
  const faults = (choices: Record<string, string>) => codes(kinds.choose.answerFaults(config, { choices }))
  expect(faults({ outcome: 'success' })).toEqual([])
  expect(faults({ outcome: 'failure', reason: 'dropped', where: 'floor', state: 'lying' })).toEqual([])
  expect(faults({})).toEqual(['question-unanswered'])
  expect(faults({ outcome: 'failure' })).toEqual(['question-unanswered'])
  expect(faults({ outcome: 'success', reason: 'dropped' })).toEqual(['question-hidden'])
  expect(faults({ outcome: 'splendid' })).toEqual(['term-unknown'])
  expect(faults({ outcome: 'success', colour: 'red', constructor: 'x' })).toEqual([
    'question-unknown',
    'question-unknown',
  ])
  expect(
    codes(kinds.choose.answerFaults(config, { choices: { outcome: 'success' }, note: 'x'.repeat(501) })),
  ).toEqual(['answer-malformed'])
})

test('KND-4 a hidden question hides what depends on it, and a form can drop the rest', () => {
  const choices = { outcome: 'success', reason: 'dropped', where: 'floor', state: 'upright' }
  expect(visibleQuestions(config, choices).map(({ id }) => id)).toEqual(['outcome', 'state'])
  expect(keepVisibleChoices(config, choices)).toEqual({ outcome: 'success', state: 'upright' })
})

test('KND-5 labels are the asked and answered questions, for any choices', () => {
  const choice = fc.constantFrom(...config.questions.flatMap(({ termIds }) => termIds), 'nonsense')
  const choices = fc.dictionary(fc.constantFrom('outcome', 'reason', 'where', 'state', 'other'), choice)
  fc.assert(
    fc.property(choices, (chosen) => {
      const labels = kinds.choose.labels(config, { choices: chosen })
      const sets = kinds.choose.labelSets(config)
      for (const { question, label } of labels) {
        expect(chosen[question]).toBe(label)
        expect(sets.find((set) => set.question === question)?.labels).toContain(label)
      }
      const kept = keepVisibleChoices(config, chosen)
      if (kinds.choose.answerFaults(config, { choices: kept }).length === 0) {
        expect(Object.fromEntries(labels.map(({ question, label }) => [question, label]))).toEqual(kept)
        expect(labels.some(({ question }) => question === kinds.choose.verdictQuestion(config))).toBe(true)
      }
    }),
  )
})

test('KND-6 a take within the limits passes; length, cut and digest are checked', () => {
  const faults = (change: object) => codes(kinds.demonstrate.answerFaults(filming, { ...take, ...change }))
  expect(faults({})).toEqual([])
  expect(faults({ durationMs: 4_000, trim: { fromMs: 0, toMs: 4_000 } })).toEqual(['too-short'])
  expect(faults({ durationMs: 21_000, trim: { fromMs: 0, toMs: 21_000 } })).toEqual(['too-long'])
  expect(faults({ trim: { fromMs: 0, toMs: 14_000 } })).toEqual(['trim-mismatch'])
  expect(faults({ trim: { fromMs: 9_000, toMs: 9_000 } })).toEqual(['trim-reversed'])
  expect(faults({ sha256: 'AB'.repeat(32) })).toEqual(['answer-malformed'])
  expect(codes(kinds.demonstrate.configFaults({ ...filming, minSeconds: 20 }))).toEqual(['seconds-reversed'])
})

test('KND-7 a recording has nothing to vote on', () => {
  expect(kinds.demonstrate.labels(filming, take)).toEqual([])
  expect(kinds.demonstrate.labelSets(filming)).toEqual([])
  expect(kinds.demonstrate.verdictQuestion(filming)).toBeNull()
})

test('KND-2 unknown fields are dropped, not kept', () => {
  expect(chooseConfigSchema.parse({ ...config, extra: 1 })).toEqual(config)
})

test('KND-8 the campaign sets the limits of its takes', () => {
  const config = demonstrateConfigSchema.parse(filming)
  const limits = takeLimits(config)
  expect(takeLimitsSchema.parse(limits)).toEqual(limits)
  expect(limits).toMatchObject({ minDurationMs: 5_000, maxDurationMs: 20_000, minSidePx: 480, minFps: 24 })
})
