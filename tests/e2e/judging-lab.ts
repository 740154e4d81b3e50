import { campaignRoutes, payRoutes } from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import type { Instance } from '../instance.ts'
import { fillArena } from './arena-lab.ts'
import { newId, signInAsMember } from './worker-phone.ts'

export const OUTCOME_TITLE = 'How did it end?'
export const RATE_TITLE = 'How well did it go?'

/** Filmed rollouts, and people asked how they ended and how well they went, from the templates. */
export async function publishJudging(instance: Instance): Promise<void> {
  const { suiteId, versionIds } = await fillArena(instance)
  const call = await signInAsMember(instance, 'manager')
  const amount = { amountMinor: 1_000_000, currency: 'USD' }
  await call(payRoutes.fund, { body: { id: newId(), amount, reference: 'for a test' } })
  const { items } = await call(campaignRoutes.templates)
  const campaigns = (await call(campaignRoutes.list)).items
  const demo = campaigns.find(({ kind }) => kind === 'choose')
  assert(demo, 'the demo campaign of questions')
  const { ontologyId, ontologyVersion, exampleMediaId } = demo
  const titles = { 'judge-rollouts': OUTCOME_TITLE, 'rate-rollouts': RATE_TITLE }
  for (const [templateId, title] of Object.entries(titles)) {
    const draft = items.find(({ id }) => id === templateId)?.draft
    assert(draft, 'the template')
    const failures = { failureIds: ['failure.dropped', 'failure.collision'] }
    const config = {
      ...draft.config,
      suiteId,
      policyVersionIds: [versionIds[0]],
      ...(draft.kind === 'outcome' ? failures : {}),
    }
    const named = Object.fromEntries(Object.keys(draft.briefs).map((locale) => [locale, title]))
    const made = await call(campaignRoutes.create, {
      body: { ...draft, title: named, config, ontologyId, ontologyVersion, exampleMediaId, quota: 20 },
    })
    await call(campaignRoutes.publish, { params: { campaignId: made.id } })
  }
}
