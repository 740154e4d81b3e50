import { expect, test } from 'vitest'
import { starterOntology } from '../ontology/index.ts'
import type { SuiteContent } from '../suite/index.ts'
import { campaignDraftSchema, campaignTemplates, draftFromFailures, publishFaults } from './index.ts'

const label = (en: string, ar: string) => ({ en, ar })
const content: SuiteContent = {
  factors: [
    {
      key: 'light',
      kind: 'light',
      label: label('Light', 'الإضاءة'),
      levels: [
        { key: 'bright', label: label('bright', 'ساطعة') },
        { key: 'dim', label: label('dim', 'خافتة') },
      ],
    },
  ],
  impossible: [],
  scenarios: [
    { key: 'cup-dim', instruction: label('Pick up the cup.', 'ارفع الكوب.'), settings: { light: 'dim' } },
    { key: 'bowl-dim', instruction: label('Pick up the bowl.', 'ارفع الوعاء.'), settings: { light: 'dim' } },
    { key: 'cup', instruction: label('Wipe the cup.', 'امسح الكوب.'), settings: { light: 'bright' } },
  ],
  criteria: { success: label('It stands in the box.', 'يقف في الصندوق.'), milestones: [], timeLimitMs: null },
  outcomeIds: [],
  failureIds: [],
}
const film = campaignTemplates.find(({ draft }) => draft.kind === 'demonstrate')!.draft
const made = (settings: Record<string, string>, failureCount: number) =>
  draftFromFailures(content, { settings, failureCount }, film)

test('CAM-10 a cluster of failures becomes a film campaign in the suite’s words that lacks nothing but the picture of success', () => {
  const draft = made({ light: 'dim' }, 7)!
  expect(campaignDraftSchema.parse(draft)).toEqual(draft)
  expect(draft).toMatchObject({ kind: 'demonstrate', quota: 35, terms: film.terms, flow: film.flow })
  expect(draft.title.en).toBe('Pick up the cup. (Light: dim)')
  expect(draft.briefs.en?.steps[0]).toBe('Set up the place: Light: dim.')
  expect(draft.briefs.en?.steps.join(' ')).toContain('Pick up the bowl.')
  expect(draft.briefs.en?.steps.join(' ')).not.toContain('Wipe')
  expect(draft.briefs.ar?.steps[0]).toContain('خافتة')
  expect(draft.briefs.ar?.success).toBe('يقف في الصندوق.')
  const termIds = new Set(starterOntology.terms.map(({ id }) => id))
  const faults = publishFaults(draft, termIds)
  expect(faults.map(({ field }) => field)).toEqual(['exampleMediaId'])
})

test('CAM-10 the quota has limits, and where the suite sets nothing up so there is no draft', () => {
  expect(made({ light: 'dim' }, 1)?.quota).toBe(20)
  expect(made({ light: 'dim' }, 5000)?.quota).toBe(200)
  expect(made({ light: 'backlit' }, 5)).toBeNull()
})
