import {
  type CampaignDraft,
  type Lease,
  type PolicyVersion,
  policyRoutes,
  rolloutRoutes,
  submissionRoutes,
} from '@chiron/contract'
import type { CompareConfig, CompareWinner } from '@chiron/core/kinds'
import type { SeededRandom } from '@chiron/core/kit'
import { read } from '../platform/tx.ts'
import type { TestChiron, TestWorker } from '../testing.ts'
import { openArena, uploadOf } from './arena.ts'
import { claim, goodClip, type Loop, ok, openLoop, submitBody } from './loop.ts'

/** How good each version is, as log-odds; who is compared on both scenarios of the suite `Kitchen`, one run each. */
export async function openContest(chiron: TestChiron, strengths: readonly number[]) {
  const loop = await openLoop(chiron)
  const arena = await openArena(chiron, loop.lab)
  const { headers, params, policy, freeze, rollout } = arena
  await freeze()
  const truth = new Map<string, number>()
  for (const [at, strength] of strengths.entries()) {
    const version = (await ok(chiron, policyRoutes.addVersion, {
      headers,
      params: { policyId: policy.id },
      body: { label: `secret-${at}` },
    })) as PolicyVersion
    truth.set(version.id, strength)
    for (const scenarioKey of ['cup-bright', 'bowl-dim']) {
      const streams = [
        {
          name: 'front',
          kind: 'video' as const,
          uploadId: await uploadOf(loop.lab, goodClip()),
          startMs: 1_000 + at * 250,
        },
      ]
      const of = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey, policyVersionId: version.id }
      const body = rollout(`run ${at} ${scenarioKey}`, { ...of, streams, note: 'secret note' })
      await ok(chiron, rolloutRoutes.add, { headers, body })
    }
  }
  const config: CompareConfig = {
    suiteId: params.suiteId,
    suiteVersion: 1,
    world: 'real',
    policyVersionIds: [...truth.keys()],
    stream: null,
    whyTermIds: ['failure.dropped', 'failure.collision'],
    asksProgress: true,
    until: 'order',
  }
  const draft: CampaignDraft = {
    ...loop.drafts.questions,
    kind: 'compare',
    title: { en: 'Which robot did better?' },
    quota: 400,
    config,
    flow: { ...loop.drafts.questions.flow, answers: { min: 1, max: 1, sureAt: 0.5 } },
  }
  return { ...arena, loop, truth, config, draft }
}
export type Contest = Awaited<ReturnType<typeof openContest>>

/** What the server knows of a lease's pair, and its holder does not. */
export const pairOf = (loop: Loop, leaseId: string) =>
  read(loop.lab.as('owner'), (tx) =>
    tx
      .selectFrom('lease as l')
      .innerJoin('task_pair as p', 'p.task_id', 'l.task_id')
      .selectAll('p')
      .where('l.id', '=', leaseId)
      .executeTakeFirstOrThrow(),
  )

/** A rater who prefers the better one with the chance that the strengths say, and sees a tie now and then. */
export function winnerBy(dice: SeededRandom, lead: number): CompareWinner {
  const [left, right, tie] = [Math.exp(lead / 2), Math.exp(-lead / 2), 0.3]
  const thrown = dice.next() * (left + right + tie)
  return thrown < left ? 'left' : thrown < left + right ? 'right' : 'tie'
}

/** One worker claims a pair and votes by the truth; null where nothing is on offer. */
export async function vote(
  chiron: TestChiron,
  of: { contest: Contest; worker: TestWorker; campaignId: string; dice: SeededRandom },
): Promise<Lease | null> {
  const { contest, worker, campaignId, dice } = of
  const lease = await claim(chiron, worker, campaignId)
  if (!lease) return null
  const pair = await pairOf(contest.loop, lease.id)
  const lead = contest.truth.get(pair.left_version_id)! - contest.truth.get(pair.right_version_id)!
  const answer = { winner: winnerBy(dice, lead), why: [], progress: { left: 60, right: 40 } }
  await ok(chiron, submissionRoutes.submit, {
    headers: worker.headers,
    body: submitBody({ leaseId: lease.id, answer }),
  })
  return lease
}
