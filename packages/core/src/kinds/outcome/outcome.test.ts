import { expect, test } from 'vitest'
import { type ChooseAnswer, judgedOutcome, kinds, NO_SUITE_ID, type OutcomeConfig } from '../index.ts'

const version = '01938f00-0000-7000-8000-000000000001'
const config: OutcomeConfig = {
  suiteId: version,
  suiteVersion: 1,
  world: 'sim',
  policyVersionIds: [version],
  stream: null,
  prompt: { en: 'How did it end?' },
  failurePrompt: { en: 'Why?' },
  outcomes: [
    { termId: 'yes', means: 'success' },
    { termId: 'partly', means: 'failure' },
    { termId: 'no', means: 'failure' },
    { termId: 'cannot-tell', means: 'unclear' },
  ],
  failureIds: ['dropped', 'slipped'],
}
const codes = (faults: { code: string }[]) => faults.map(({ code }) => code)
const no = (failure: string, momentMs?: number): ChooseAnswer => ({
  choices: { outcome: 'no', failure },
  ...(momentMs === undefined ? {} : { momentMs }),
})

test('KND-10 an outcome counts as something, each once, and of a failure the reason is asked', () => {
  const { outcome } = kinds
  expect(outcome.configFaults(config)).toEqual([])
  const none = { ...config, suiteId: NO_SUITE_ID, policyVersionIds: [], outcomes: [], failurePrompt: {} }
  expect(codes(outcome.configFaults(none))).toEqual([
    'suite-missing',
    'versions-missing',
    'outcome-missing',
    'outcome-missing',
    'prompt-missing',
  ])
  expect(outcome.answerFaults(config, { choices: { outcome: 'yes' } })).toEqual([])
  expect(codes(outcome.answerFaults(config, { choices: { outcome: 'no' } }))).toEqual(['question-unanswered'])
  const told = { choices: { outcome: 'yes', failure: 'dropped' } }
  expect(codes(outcome.answerFaults(config, told))).toEqual(['question-hidden'])
  const unasked = { ...config, failureIds: [] }
  expect(outcome.answerFaults(unasked, { choices: { outcome: 'no' } })).toEqual([])
  expect(outcome.labels(config, no('dropped'))).toEqual([
    { question: 'outcome', label: 'no' },
    { question: 'failure', label: 'dropped' },
  ])
})

test('KND-10 what a worker is told holds nothing of suite, version, world or camera', () => {
  expect(Object.keys(kinds.outcome.shownConfig(config)).sort()).toEqual(['questions', 'verdictQuestion'])
  expect(JSON.stringify(kinds.outcome.shownConfig(config))).not.toContain(version)
})

test('KND-11 the reason is what most of those say who gave the verdict, and no reason where they are even', () => {
  const judged = (termId: string, answers: ChooseAnswer[]) => judgedOutcome(config, { termId, answers })
  const partly: ChooseAnswer = { choices: { outcome: 'partly', failure: 'slipped' }, momentMs: 1 }
  const most = [no('dropped', 900), no('dropped', 1000), no('slipped', 5), partly, partly]
  expect(judged('no', most)).toEqual({
    termId: 'no',
    outcome: 'failure',
    failureId: 'dropped',
    momentMs: 950,
  })
  expect(judged('partly', most)).toMatchObject({ failureId: 'slipped', momentMs: 1 })
  const even = [no('dropped', 100), no('slipped', 300), { choices: { outcome: 'yes' } }]
  expect(judged('no', even)).toMatchObject({ failureId: null, momentMs: 200 })
  expect(judged('yes', even)).toMatchObject({ outcome: 'success', failureId: null, momentMs: null })
  // A member's word that nobody shares.
  expect(judged('no', [])).toMatchObject({ outcome: 'failure', failureId: null, momentMs: null })
  expect(judged('cannot-tell', most)).toMatchObject({ outcome: 'unclear', failureId: null })
})
