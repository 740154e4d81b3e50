import type { ChooseConfig } from '@chiron/core/kinds'
import { expect, test } from 'vitest'
import { openQuestions } from './Ask.tsx'
import { type GivenAnswer, momentMarks, tallyOf } from './tally.ts'

const config: ChooseConfig = {
  questions: [
    {
      id: 'outcome',
      prompt: { en: 'Did it work?' },
      termKind: 'outcome',
      termIds: ['outcome.success', 'outcome.partial', 'outcome.failure'],
      required: true,
    },
    {
      id: 'reason',
      prompt: { en: 'What went wrong?' },
      termKind: 'failure',
      termIds: ['failure.drop', 'failure.missed-grasp'],
      required: true,
      showWhen: { question: 'outcome', isOneOf: ['outcome.failure'] },
    },
  ],
  verdictQuestion: 'outcome',
}
const outcome = config.questions[0]!

const given = (id: string, choice: string, momentMs?: number): GivenAnswer => ({
  id,
  who: `worker ${id}`,
  answer: { choices: { outcome: choice }, ...(momentMs === undefined ? {} : { momentMs }) },
})
const answers = [
  given('a', 'outcome.failure', 1200),
  given('b', 'outcome.success'),
  given('c', 'outcome.failure'),
]

test('a follow-up question is open only after the answer that calls for it', () => {
  expect(openQuestions(config, { choices: {} }).map(({ id }) => id)).toEqual(['outcome'])
  expect(openQuestions(config, { choices: { outcome: 'outcome.success' } })).toEqual([])
  expect(openQuestions(config, { choices: { outcome: 'outcome.failure' } }).map(({ id }) => id)).toEqual([
    'reason',
  ])
})

test('answers are counted by term, most chosen first, and agreement is with the verdict', () => {
  const tally = tallyOf(outcome, answers, undefined)
  expect(tally.rows.map(({ termId, who }) => [termId, who.length])).toEqual([
    ['outcome.failure', 2],
    ['outcome.success', 1],
  ])
  expect([tally.n, tally.agreeing]).toEqual([3, 2])
  expect(tallyOf(outcome, answers, 'outcome.success').agreeing).toBe(1)
  const alone = tallyOf(outcome, answers, 'outcome.partial')
  expect(alone.rows.at(-1)).toEqual({ termId: 'outcome.partial', who: [] })
  expect(alone.agreeing).toBe(0)
  expect(tallyOf(outcome, [], undefined)).toEqual({ n: 0, agreeing: 0, rows: [] })
})

test('moments become marks on the clip', () => {
  expect(momentMarks(answers)).toEqual([{ id: 'a', atMs: 1200, label: 'worker a', tone: 'attention' }])
})
