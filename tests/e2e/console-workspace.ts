import { execFileSync } from 'node:child_process'
import path from 'node:path'
import {
  accountRoutes,
  type CampaignDraft,
  campaignRoutes,
  mediaRoutes,
  policyRoutes,
  qualityRoutes,
  releaseRoutes,
  reviewRoutes,
} from '@chiron/contract'
import { campaignTemplates } from '@chiron/core/campaign'
import type { Instance } from '../instance.ts'
import {
  type ArenaLab,
  countVotes,
  fillArena,
  filmEarlier,
  keyOf,
  makeSuite,
  raiseAlarm,
  reportUse,
} from './arena-lab.ts'
import { beginSuite, fillJudging, type Judging } from './console-judging.ts'
import { type Lab, waitFor, workInLab } from './console-lab.ts'
import { fillTakes, type Takes } from './console-takes.ts'
import { logRobot, POST, POST_CSV, runInBothWorlds } from './sim-lab.ts'

/** A workspace in which all has happened that a screen could show. */
export type Filled = {
  lab: Lab
  arena: ArenaLab
  takes: Takes
  judging: Judging
  ids: Record<IdName, string>
}
type IdName =
  | 'asking'
  | 'begun'
  | 'comparing'
  | 'draft'
  | 'episode'
  | 'release'
  | 'review'
  | 'robot'
  | 'take'
  | 'trust'
  | 'ownerLink'
  | 'newcomerLink'

/** Takes weeks of a team's life in as many seconds. */
export async function fillWorkspace(instance: Instance): Promise<Filled> {
  const lab = await workInLab(instance)
  const { manager } = lab
  const key = await keyOf(instance, manager)
  const arena = await fillArena(instance, key)
  const [late, early] = arena.versionIds
  await countVotes(instance, arena, [{ leftId: late, rightId: early, leftWins: 90, ties: 6, rightWins: 4 }])
  await reportUse(arena)
  await raiseAlarm(instance, arena)
  await filmEarlier(arena)
  const trust = await makeSuite(key.client, 'Two worlds')
  await runInBothWorlds(key.client, trust)
  const { id: policyId } = await key.client.call(policyRoutes.create, { body: { name: 'scripted' } })
  const version = await key.client.call(policyRoutes.addVersion, {
    params: { policyId },
    body: { label: 'v1' },
  })
  const robot = await logRobot(key, { name: 'post', policyVersionId: version.id, mjcf: POST, csv: POST_CSV })
  const { items: campaigns } = await manager(campaignRoutes.list)
  const asking = campaigns.find(({ title }) => title.en === 'Did it land on the target?')
  const accepted = await manager(mediaRoutes.listEpisodes, { query: { state: 'accepted', limit: 1 } })
  const [episode] = accepted.items
  const me = await manager(accountRoutes.me)
  const memberId = me.as === 'member' ? me.memberId : ''
  const ofEpisode = { campaignId: episode!.campaignId, name: 'first-light' }
  const release = await manager(releaseRoutes.create, { body: ofEpisode })
  await waitFor(
    async () =>
      (await manager(releaseRoutes.read, { params: { releaseId: release.id } })).state !== 'building',
  )
  const reviews = await manager(reviewRoutes.list, { query: { state: 'open', limit: 50 } })
  const judged = await manager(qualityRoutes.judgedTasks, { params: { campaignId: asking!.id } })
  await manager(qualityRoutes.stateAnswer, {
    params: { campaignId: asking!.id, taskId: judged.items[0]!.taskId },
    body: { label: 'outcome.success' },
  })
  return {
    lab,
    arena,
    takes: await fillTakes(instance, lab),
    judging: await fillJudging(instance, lab, arena),
    ids: {
      asking: asking!.id,
      begun: await beginSuite(lab),
      comparing: await compareRobots(lab, arena),
      draft: (await manager(campaignRoutes.create, { body: await draftFrom(lab, 'name-failure') })).id,
      episode: episode!.id,
      release: release.id,
      review: reviews.items.find(({ why }) => why === 'disputed')!.id,
      take: reviews.items.find(({ why }) => why === 'sampled')!.id,
      robot,
      trust,
      newcomerLink: emptyWorkspace(instance),
      ownerLink: (await manager(accountRoutes.makeMemberLink, { params: { memberId } })).url,
    },
  }
}

/** What a template begins with, in the words and with the picture of the workspace. */
async function draftFrom({ manager, filming }: Lab, templateId: string): Promise<CampaignDraft> {
  const { ontologyId, ontologyVersion, exampleMediaId } = filming
  const template = campaignTemplates.find(({ id }) => id === templateId)
  if (!template) throw new Error(`there is a template ${templateId}`)
  const { items } = await manager(campaignRoutes.list)
  const sourceCampaignId = items.find(({ kind }) => kind === 'demonstrate')?.id ?? null
  const isAboutRecordings = template.draft.kind === 'choose'
  return {
    ...template.draft,
    ontologyId,
    ontologyVersion,
    exampleMediaId,
    sourceCampaignId: isAboutRecordings ? sourceCampaignId : null,
  }
}

async function compareRobots(lab: Lab, { suiteId, versionIds }: ArenaLab): Promise<string> {
  const draft = await draftFrom(lab, 'compare-robots')
  const config = { ...draft.config, suiteId, suiteVersion: 1, policyVersionIds: [...versionIds] }
  const body = { ...draft, config, goldRatio: 0.1 }
  const { id: campaignId } = await lab.manager(campaignRoutes.create, { body })
  await lab.manager(campaignRoutes.publish, { params: { campaignId } })
  return campaignId
}

/** Another workspace on the same server, as its operator makes one. */
function emptyWorkspace({ home }: Instance): string {
  const main = path.resolve(import.meta.dirname, '../../packages/server/src/main.ts')
  const said = execFileSync(process.execPath, [main, 'create', 'New lab', 'Nadia'], {
    env: { ...process.env, CHIRON_HOME: home },
    encoding: 'utf8',
  })
  const [, link] = /console, owner +(\S+)/.exec(said) ?? []
  if (!link) throw new Error(`no link was printed: ${said}`)
  return link
}
