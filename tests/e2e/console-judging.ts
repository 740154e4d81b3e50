import {
  type Lease,
  leaderboardRoutes,
  reviewRoutes,
  submissionRoutes,
  suiteRoutes,
  taskRoutes,
} from '@chiron/contract'
import type { RateConfig } from '@chiron/core/kinds'
import type { Instance } from '../instance.ts'
import type { ArenaLab } from './arena-lab.ts'
import { joinLab, type Lab, waitFor } from './console-lab.ts'
import { publishTemplate } from './console-takes.ts'
import { newId } from './worker-phone.ts'

/** What people said of rollouts without knowing whose they are. */
export type Judging = {
  /** Asks how they ended; of one they disagree. */
  judging: string
  /** Asks how well they went, from 1 to 5. */
  rating: string
  disputed: string
}

/** Two people judge the filmed rollouts and agree about one alone; both rate them. */
export async function fillJudging(instance: Instance, lab: Lab, arena: ArenaLab): Promise<Judging> {
  const { suiteId, versionIds } = arena
  const asked = { suiteId, suiteVersion: 1, policyVersionIds: [...versionIds] }
  const judging = await publishTemplate(lab, 'judge-rollouts', ({ config, flow }) => ({
    config: { ...config, ...asked, failureIds: ['failure.dropped', 'failure.collision'] },
    flow: {
      ...flow,
      answers: { min: 2, max: 2, sureAt: 0.9 },
      review: { whenDisputed: true, sampleRatio: 0 },
    },
    goldRatio: 0,
  }))
  const rating = await publishTemplate(lab, 'rate-rollouts', ({ config }) => ({
    config: { ...config, ...asked },
    goldRatio: 0.1,
  }))
  const { scales } = rating.config as RateConfig
  for (const [who, name] of ['Hana', 'Idris'].entries()) {
    const { client } = await joinLab(instance, name)
    const answerAll = async (campaign: typeof judging, answerOf: (at: number) => object) => {
      const { id: campaignId, termsVersion } = campaign
      for (let at = 0; ; at += 1) {
        const { lease } = await client.call(taskRoutes.claim, { body: { campaignId, termsVersion } })
        if (!lease) return
        const body = { id: newId(), leaseId: (lease as Lease).id, answer: answerOf(at), activeMs: 12_000 }
        await client.call(submissionRoutes.submit, { body: body as never })
      }
    }
    await answerAll(judging, (at) =>
      who === 1 && at === 0
        ? { choices: { outcome: 'outcome.failure', failure: 'failure.dropped' }, momentMs: 1200 }
        : { choices: { outcome: 'outcome.success' } },
    )
    await answerAll(rating, (at) => ({
      ratings: Object.fromEntries(scales.map(({ termId }, scale) => [termId, 2 + ((at + scale + who) % 3)])),
    }))
  }
  const known = { rolloutId: arena.filmed, ratings: { [scales[0]!.termId]: 4 } }
  await lab.manager(leaderboardRoutes.stateGoldRating, { params: { campaignId: rating.id }, body: known })
  const query = { campaignId: judging.id, limit: 50 }
  const reviews = async () => (await lab.manager(reviewRoutes.list, { query })).items
  await waitFor(async () => (await reviews()).length > 0)
  return { judging: judging.id, rating: rating.id, disputed: (await reviews())[0]!.id }
}

/** A suite that is only begun: what it lacks stands on it. */
export async function beginSuite({ manager, filming }: Lab): Promise<string> {
  const { ontologyId, ontologyVersion } = filming
  const body = { name: 'Only begun', ontologyId, ontologyVersion }
  return (await manager(suiteRoutes.create, { body })).suiteId
}
