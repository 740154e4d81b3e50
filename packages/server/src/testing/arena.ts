import { randomUUID } from 'node:crypto'
import {
  type PolicyVersion,
  policyRoutes,
  type RolloutDraft,
  type SuiteVersion,
  suiteRoutes,
} from '@chiron/contract'
import { sha256, toHex } from '@chiron/core/kit'
import { starterOntology } from '@chiron/core/ontology'
import type { SuiteContent } from '@chiron/core/suite'
import { takeFile } from '../features/media/index.ts'
import { createOntology } from '../features/ontology/index.ts'
import type { TestChiron, TestWorkspace } from '../testing.ts'
import { ok, writeBytes } from './loop.ts'

export const digestOf = (text: string): string => toHex(sha256(text))
const label = (en: string) => ({ en })

/** Two objects, two lights; two of the four pairs are set up. */
export const kitchen: SuiteContent = {
  factors: [['object', 'cup', 'bowl'] as const, ['light', 'bright', 'dim'] as const].map(
    ([kind, ...levels]) => ({
      key: kind,
      kind,
      label: label(kind),
      levels: levels.map((key) => ({ key, label: label(key) })),
    }),
  ),
  impossible: [],
  scenarios: [
    {
      key: 'cup-bright',
      instruction: label('Pick up the cup.'),
      settings: { object: 'cup', light: 'bright' },
    },
    { key: 'bowl-dim', instruction: label('Pick up the bowl.'), settings: { object: 'bowl', light: 'dim' } },
  ],
  criteria: { success: label('It is in the box.'), milestones: [], timeLimitMs: 60_000 },
  outcomeIds: ['outcome.success', 'outcome.failure'],
  failureIds: ['failure.dropped', 'failure.collision'],
}

/** A finished upload of the team's. */
export async function uploadOf(
  lab: TestWorkspace,
  file: string,
  purpose: 'rollout' | 'embodiment' = 'rollout',
): Promise<string> {
  const uploadId = randomUUID()
  await takeFile(lab.as('manager'), { file, uploadId, purpose, memberId: lab.memberId('manager') })
  return uploadId
}

export const textUpload = (lab: TestWorkspace, text: string, purpose?: 'rollout' | 'embodiment') =>
  uploadOf(lab, writeBytes(`${randomUUID()}.txt`, Buffer.from(text)), purpose)

/** A workspace with a policy of one version and a suite `kitchen` as a draft. */
export async function openArena(chiron: TestChiron, known?: TestWorkspace) {
  const lab = known ?? (await chiron.workspace())
  const headers = lab.headers('manager')
  const { name, terms } = starterOntology
  const { ontologyId } = await createOntology(lab.as('manager'), {
    name,
    terms: structuredClone(terms) as never,
  })
  const policy = await ok(chiron, policyRoutes.create, { headers, body: { name: 'pi-zero' } })
  const version = (await ok(chiron, policyRoutes.addVersion, {
    headers,
    params: { policyId: policy.id },
    body: { label: 'v1' },
  })) as PolicyVersion
  const made = (await ok(chiron, suiteRoutes.create, {
    headers,
    body: { name: 'Kitchen', ontologyId, ontologyVersion: 1 },
  })) as SuiteVersion
  const params = { suiteId: made.suiteId, version: 1 }
  const draft = (await ok(chiron, suiteRoutes.change, {
    headers,
    params,
    body: { revision: made.revision, content: kitchen },
  })) as SuiteVersion
  const freeze = () => ok(chiron, suiteRoutes.freeze, { headers, params, body: { revision: draft.revision } })
  const rollout = (name: string, change: Partial<RolloutDraft> = {}): RolloutDraft => ({
    digest: digestOf(name),
    policyVersionId: version.id,
    world: 'real',
    success: true,
    ...change,
  })
  return { lab, headers, policy, version, draft, params, freeze, rollout }
}
