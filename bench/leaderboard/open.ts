import { type CampaignDraft, policyRoutes, suiteRoutes } from '@chiron/contract'
import type { CompareConfig, OutcomeConfig } from '@chiron/core/kinds'
import { type Lab, questions } from '../../tests/faults/lab.ts'

export interface Size {
  rollouts: number
  votes: number
  versions: number
  scenarios: number
  raters: number
}

export interface Bench {
  base: Lab['base']
  suiteId: string
  policyId: string
  versionIds: string[]
  failureIds: string[]
}

const FAILURE_IDS = ['failure.dropped', 'failure.missed-grasp', 'failure.collision', 'failure.wrong-place']

/** A frozen suite with a next version in draft, and a policy with the versions that compete. */
export async function openBench({ manager, base }: Lab, { versions, scenarios }: Size): Promise<Bench> {
  const { client } = manager
  const { ontologyId, ontologyVersion } = base
  const body = { name: 'Bench', ontologyId, ontologyVersion }
  const { suiteId, revision } = await client.call(suiteRoutes.create, { body })
  const params = { suiteId, version: 1 }
  const content = contentOf(scenarios)
  const changed = await client.call(suiteRoutes.change, { params, body: { revision, content } })
  await client.call(suiteRoutes.freeze, { params, body: { revision: changed.revision } })
  await client.call(suiteRoutes.draftNext, { params: { suiteId } })
  const policy = await client.call(policyRoutes.create, { body: { name: 'Bench' } })
  const versionIds: string[] = []
  for (let at = 0; at < versions; at += 1) {
    const order = { params: { policyId: policy.id }, body: { label: `v${at}` } }
    versionIds.push((await client.call(policyRoutes.addVersion, order)).id)
  }
  return { base, suiteId, policyId: policy.id, versionIds, failureIds: FAILURE_IDS }
}

/** So many scenarios, no two set up alike: a square of two factors, as large as it must be. */
function contentOf(scenarioCount: number) {
  const side = Math.ceil(Math.sqrt(scenarioCount))
  const levels = Array.from({ length: side }, (_, at) => ({ key: `l${at}`, label: { en: `Level ${at}` } }))
  const factor = (kind: 'light' | 'pose') => ({ key: kind, kind, label: { en: kind }, levels })
  return {
    factors: [factor('light'), factor('pose')],
    scenarios: Array.from({ length: scenarioCount }, (_, at) => ({
      key: `s${at}`,
      instruction: { en: `Task ${at % side}` },
      settings: { light: `l${at % side}`, pose: `l${Math.floor(at / side)}` },
    })),
    criteria: { success: { en: 'It worked.' }, milestones: [], timeLimitMs: null },
    impossible: [],
    outcomeIds: ['outcome.success', 'outcome.failure', 'outcome.unclear'],
    failureIds: FAILURE_IDS,
  }
}

type Draft = Omit<CampaignDraft, 'exampleMediaId' | 'ontologyId' | 'ontologyVersion'>

/** Campaigns whose publishing chooses the first pairs, and the first rollouts to ask about. */
export function draftsOf({ suiteId, versionIds, failureIds }: Bench): { compare: Draft; outcome: Draft } {
  const asked = {
    suiteId,
    suiteVersion: 1,
    world: 'real',
    policyVersionIds: versionIds,
    stream: null,
  } as const
  const compare: CompareConfig = { ...asked, whyTermIds: [], asksProgress: false, until: 'order' }
  const outcome: OutcomeConfig = {
    ...asked,
    prompt: { en: 'How did it end?' },
    failurePrompt: { en: 'Why?' },
    outcomes: [
      { termId: 'outcome.success', means: 'success' },
      { termId: 'outcome.failure', means: 'failure' },
    ],
    failureIds,
  }
  const of = { ...questions, quota: 1000 }
  const one = { min: 1, max: 1, sureAt: 0.5 }
  return {
    compare: { ...of, kind: 'compare', config: compare, flow: { ...questions.flow, answers: one } },
    outcome: { ...of, kind: 'outcome', config: outcome },
  }
}
