import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noticeWords } from '../consent/index.ts'
import { asksAboutRollouts, TAKE_CRITERIA } from '../kinds/index.ts'
import { starterOntology } from '../ontology/index.ts'
import type { CampaignDraft, CampaignTemplate } from './index.ts'
import {
  campaignDraftSchema,
  campaignEscrow,
  campaignTemplates,
  paidUnitCount,
  publishFaults,
} from './index.ts'

const [film, judge] = campaignTemplates as [CampaignTemplate, CampaignTemplate]
const ready: CampaignDraft = { ...film.draft, exampleMediaId: 'm1' }
const question: CampaignDraft = { ...judge.draft, exampleMediaId: 'm1' }
const faults = (draft: CampaignDraft) => publishFaults(draft).map((fault) => `${fault.field} ${fault.code}`)
const withTerms = (terms: Partial<CampaignDraft['terms']>): CampaignDraft => ({
  ...ready,
  terms: { ...ready.terms, ...terms },
})

test('CAM-1 WR-1 nothing publishes without purpose, recipients, pay, time estimate and retention', () => {
  expect(faults(ready)).toEqual([])
  expect(faults(withTerms({ purpose: {} }))).toEqual(['terms.purpose purpose-missing'])
  expect(faults(withTerms({ recipients: { en: '  ' } }))).toEqual(['terms.recipients recipients-missing'])
  expect(faults(withTerms({ payMinor: null }))).toEqual(['terms.payMinor pay-missing'])
  expect(faults(withTerms({ payMinor: 0 }))).toEqual(['terms.payMinor pay-missing'])
  expect(faults(withTerms({ currency: 'dollars' }))).toEqual(['terms.currency currency-missing'])
  expect(faults(withTerms({ estimateSeconds: null }))).toEqual(['terms.estimateSeconds estimate-missing'])
  expect(faults(withTerms({ retentionDays: null }))).toEqual(['terms.retentionDays retention-missing'])
  expect(faults(withTerms({ retentionDays: 9999 }))).toEqual(['terms.retentionDays retention-too-long'])
})

test('CAM-2 WR-1 a whole brief in a language, and a picture or clip of success', () => {
  expect(faults({ ...ready, exampleMediaId: null })).toEqual(['exampleMediaId example-missing'])
  expect(faults({ ...ready, briefs: {} })).toEqual(['briefs brief-missing'])
  const empty = { title: ' ', steps: [' '], success: '', avoid: [] }
  const half = publishFaults({ ...ready, briefs: { ...ready.briefs, en: empty } })
  expect(half).toEqual([
    {
      code: 'brief-incomplete',
      field: 'briefs.en',
      why: 'The brief in “en” still lacks a title, what to do, step by step, what success looks like.',
    },
  ])
})

test('CAM-3 who reads a brief reads title, purpose and recipients in that language', () => {
  const { ar: _, ...english } = ready.terms.purpose
  expect(faults(withTerms({ purpose: english }))).toEqual(['terms.purpose.ar purpose-untranslated'])
  const { ar: __, ...title } = ready.title
  expect(faults({ ...ready, title })).toEqual(['title.ar title-untranslated'])
})

test('CAM-4 the flow fits the kind, its labels the ontology, its config the kind', () => {
  expect(faults(question)).toEqual([])
  const unchecked: CampaignDraft = { ...ready, flow: question.flow }
  expect(faults(unchecked)).toEqual(['flow.checks checks-missing'])
  expect(faults({ ...question, flow: ready.flow })).toEqual([
    'flow.answers answers-missing',
    'flow.checks checks-unfit',
  ])
  expect(faults({ ...question, flow: { ...question.flow, retakesMax: 99 } })).toEqual([
    'flow.retakesMax flow-invalid',
  ])
  expect(faults({ ...ready, config: question.config }).some((fault) => fault.startsWith('config.'))).toBe(
    true,
  )
  const labelled: CampaignDraft = { ...question, flow: { ...question.flow, acceptLabels: ['outcome.fine'] } }
  const termIds = new Set(starterOntology.terms.map((term) => term.id))
  expect(publishFaults(labelled, termIds).map((fault) => fault.code)).toEqual(['label-unknown'])
})

test('CAM-5 a lease is at least as long as the estimate', () => {
  expect(faults({ ...ready, leaseSeconds: 239 })).toEqual(['leaseSeconds lease-too-short'])
  expect(faults({ ...ready, leaseSeconds: 240 })).toEqual([])
})

test('CAM-6 WR-2 the escrow counts every payment the flow can cause', () => {
  expect(paidUnitCount(ready, 10)).toBe(10)
  expect(paidUnitCount({ ...question, goldRatio: 0 }, 10)).toBe(50)
  expect(paidUnitCount(question, 10)).toBe(53)
  expect(paidUnitCount({ ...question, goldRatio: 0.2 }, 10)).toBe(63)
  expect(paidUnitCount({ ...ready, goldRatio: 0.2 }, 10)).toBe(10)
  expect(campaignEscrow(ready, 10)).toEqual({ amountMinor: 1440, currency: 'USD' })
  expect(campaignEscrow(question, 3)).toEqual({ amountMinor: 192, currency: 'USD' })
})

test('CAM-9 the share of gold has limits, and a default for whoever says nothing', () => {
  const { goldRatio: _, ...silent } = question
  expect(campaignDraftSchema.parse(silent).goldRatio).toBe(0.05)
  expect(faults({ ...question, goldRatio: 0.31 })).toEqual(['goldRatio gold-invalid'])
  expect(faults({ ...question, goldRatio: Number.NaN })).toEqual(['goldRatio gold-invalid'])
  expect(faults({ ...question, goldRatio: 0 })).toEqual([])
  expect(faults({ ...ready, goldRatio: 0.31 })).toEqual([])
})

/** The languages of the worker app. */
const WORKER_LOCALES = ['ar', 'en', 'es', 'fil', 'hi', 'pt', 'yo']

test('CAM-7 what every worker reads is there in each language of the worker app', () => {
  const fixed = [
    ...starterOntology.terms.map(({ label }) => label),
    ...TAKE_CRITERIA.map(({ criterion }) => criterion),
    ...campaignTemplates.flatMap(({ draft }) => [draft.terms.purpose, draft.terms.recipients]),
    noticeWords.afterTraining,
  ]
  for (const words of fixed) {
    expect(Object.keys(words).sort()).toEqual(WORKER_LOCALES)
    expect(Object.values(words).every((text) => text.trim() !== '')).toBe(true)
  }
})

test('CAM-7 a template lacks nothing but the picture of success, and whose rollouts are judged', () => {
  const terms = new Map(starterOntology.terms.map((term) => [term.id, term]))
  expect(campaignTemplates.map((template) => template.id)).toEqual([
    'film-task',
    'judge-outcome',
    'name-failure',
    'object-state',
    'correct-hands',
    'compare-robots',
    'judge-rollouts',
    'rate-rollouts',
  ])
  for (const { id, name, description, draft } of campaignTemplates) {
    expect(campaignDraftSchema.parse(draft), id).toEqual(draft)
    const missing = publishFaults(draft, new Set(terms.keys())).map((fault) => fault.code)
    // Which robots is for the team to say.
    const chosen = asksAboutRollouts(draft.kind) ? ['versions-missing', 'suite-missing'] : []
    expect(missing, id).toEqual([...chosen, 'example-missing'])
    // The team's own words are two; what workers read is in their languages.
    for (const words of [name, description]) expect(Object.keys(words).sort(), id).toEqual(['ar', 'en'])
    for (const words of [draft.title, draft.briefs])
      expect(Object.keys(words).sort(), id).toEqual(WORKER_LOCALES)
    for (const brief of Object.values(draft.briefs))
      expect([brief.steps.length, brief.avoid.length], id).toEqual([
        draft.briefs.en?.steps.length,
        draft.briefs.en?.avoid.length,
      ])
    const { questions = [] } = draft.config as { questions?: { termKind: string; termIds: string[] }[] }
    for (const { termKind, termIds } of questions) {
      for (const termId of termIds) expect(terms.get(termId)?.kind, termId).toBe(termKind)
    }
  }
})

test('CAM-8 whatever is missing, faults are sorted, distinct and have words', () => {
  const gone = fc.subarray(['title', 'purpose', 'recipients', 'pay', 'estimate', 'briefs', 'media'])
  fc.assert(
    fc.property(gone, (fields) => {
      const lacks = (name: string) => fields.includes(name)
      const draft: CampaignDraft = {
        ...ready,
        title: lacks('title') ? {} : ready.title,
        briefs: lacks('briefs') ? {} : ready.briefs,
        exampleMediaId: lacks('media') ? null : 'm1',
        terms: {
          ...ready.terms,
          ...(lacks('purpose') && { purpose: {} }),
          ...(lacks('recipients') && { recipients: {} }),
          ...(lacks('pay') && { payMinor: null }),
          ...(lacks('estimate') && { estimateSeconds: null }),
        },
      }
      const found = publishFaults(draft)
      expect(found).toHaveLength(fields.length)
      expect(found.map((fault) => fault.field)).toEqual(found.map((fault) => fault.field).sort())
      for (const { why } of found) expect(why).toMatch(/^[A-Z].*\.$/)
    }),
  )
})
