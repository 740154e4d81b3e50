import { type AskedRollouts, compareConfigSchema } from '@chiron/core/kinds'
import { type SeededRandom, seededRandom, toHex } from '@chiron/core/kit'
import { planPairs } from '@chiron/core/ranking'
import type { SuiteContent } from '@chiron/core/suite'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import type { CampaignRow } from '../campaign/index.ts'
import { comparisonTallies } from '../submission/index.ts'
import { type NewPair, openPairCounts, openTasks, stopOffers, stopPairs, timesShown } from '../task/index.ts'
import { makeKnownPairs } from './make-known-pairs.ts'
import {
  type Contest,
  clipOf,
  drawRollouts,
  lockComparing,
  type ShownRollout,
  type ShownVersion,
  shownVersions,
  updateComparing,
} from './pair-store.ts'
import { readSuiteVersion } from './suite-store.ts'
import { contentOf, instructionOf } from './suite-wire.ts'

/** Pairs on offer at once: enough for those who judge, few enough that the next ones know of the last votes. */
export const MAX_OPEN_PAIRS = 24

export interface OpenedPairs {
  openedCount: number
  /** Pairs that were on offer and no longer matter. */
  takenBackCount: number
  /** Pairs beyond doubt that are mixed among the others from now on. */
  knownCount: number
  /** What the campaign asks became certain just now: no more votes are bought. */
  isSettledNow: boolean
}

/**
 * Sees to it that a campaign of comparisons has pairs on offer, chosen by what their votes would tell, up to its quota;
 * once what it asks is settled it offers nothing more. What is settled of it
 * is taken back from offer, and others come in its place. May be called any number of times.
 */
export async function openPairs(tx: Tx, ctx: Ctx, campaign: CampaignRow): Promise<OpenedPairs> {
  const nothing = { openedCount: 0, takenBackCount: 0, knownCount: 0, isSettledNow: false }
  const config = compareConfigSchema.parse(campaign.config)
  const progress = await lockComparing(tx, campaign)
  if (progress.settled_at !== null || campaign.state === 'closed') return nothing
  const contest = contestOf(campaign, config)
  const asking = { workspaceId: campaign.workspaceId, campaignId: campaign.id }
  const asked = await openPairCounts(tx, campaign.workspaceId, campaign.id)
  const pending = asked.flatMap(({ left, right, count }) =>
    Array.from({ length: count }, () => [left, right] as const),
  )
  const lacking = Math.min(MAX_OPEN_PAIRS - pending.length, campaign.quota - progress.opened_count)
  const count = pending.length > MAX_OPEN_PAIRS / 2 ? 0 : Math.max(0, lacking)
  const together =
    count === 0
      ? new Map<string, MeetingPlace[]>()
      : placesTogether(await shownVersions(tx, contest), contest)
  const counts = await comparisonTallies(tx, contest)
  const knownCount = await makeKnownPairs(tx, ctx, { campaign, versionIds: config.policyVersionIds, counts })
  const plan = planPairs({
    items: config.policyVersionIds,
    counts,
    pending,
    count,
    until: config.until,
    isAllowed: (one, other) => together.has(pairName(one, other)),
  })
  if (plan.isSettled) {
    const now = ctx.deps.clock.now()
    await updateComparing(tx, campaign, { settled_at: now })
    await stopOffers(tx, campaign.workspaceId, campaign.id, now)
    return { ...nothing, isSettledNow: true }
  }
  // What is settled is not bought: others come in its place at once.
  const takenBackCount = await stopPairs(tx, asking, plan.idle, ctx.deps.clock.now())
  if (takenBackCount > 0) {
    await updateComparing(tx, campaign, { opened_count: progress.opened_count - takenBackCount })
    return { ...(await openPairs(tx, ctx, campaign)), takenBackCount, knownCount }
  }
  const openedCount = await offerPairs(tx, ctx, { campaign, contest, pairs: plan.pairs, together })
  if (openedCount > 0)
    await updateComparing(tx, campaign, { opened_count: progress.opened_count + openedCount })
  return { openedCount, takenBackCount, knownCount, isSettledNow: false }
}

export const contestOf = (
  { workspaceId }: Pick<CampaignRow, 'workspaceId'>,
  of: AskedRollouts & { mixesWorlds?: boolean | undefined },
): Contest => {
  const { suiteId, suiteVersion, world, mixesWorlds = false, policyVersionIds, stream } = of
  return { workspaceId, suiteId, suiteVersion, world, mixesWorlds, stream, versionIds: policyVersionIds }
}

const pairName = (one: string, other: string): string => [one, other].sort().join(' ')

/** Where two versions meet: a scenario, and the world of both sides; null: each side's is for the dice. */
export type MeetingPlace = Pick<ShownVersion, 'scenario'> & { world: ShownVersion['world'] | null }

/** Where two versions can be shown side by side, by the pair. Unless worlds are mixed, like stands with like. */
export function placesTogether(
  shown: readonly ShownVersion[],
  { mixesWorlds }: Pick<Contest, 'mixesWorlds'>,
): Map<string, MeetingPlace[]> {
  const together = new Map<string, MeetingPlace[]>()
  const worldOf = ({ world }: ShownVersion) => (mixesWorlds ? null : world)
  const byPlace = Map.groupBy(shown, (row) => `${row.scenario} ${worldOf(row) ?? ''}`)
  for (const rows of byPlace.values()) {
    const [first] = rows
    if (!first) continue
    const place = { scenario: first.scenario, world: worldOf(first) }
    const ids = [...new Set(rows.map(({ versionId }) => versionId))]
    for (const [at, versionId] of ids.entries()) {
      for (const other of ids.slice(at + 1)) {
        const name = pairName(versionId, other)
        together.set(name, [...(together.get(name) ?? []), place])
      }
    }
  }
  return together
}

interface Offer {
  campaign: CampaignRow
  contest: Contest
  pairs: readonly (readonly [string, string])[]
  together: ReadonlyMap<string, MeetingPlace[]>
}

async function offerPairs(tx: Tx, ctx: Ctx, { campaign, contest, pairs, together }: Offer): Promise<number> {
  if (pairs.length === 0) return 0
  const dice = seededRandom(toHex(ctx.deps.clock.randomBytes(16)))
  const { suiteId, suiteVersion: version } = contest
  const suite = await readSuiteVersion(tx, { workspaceId: workspaceOf(ctx), suiteId, version })
  const content = contentOf(found(suite, 'version of the suite'))
  const shownNow = new Map<string, number>()
  const subjects: { kind: 'pair'; pair: NewPair }[] = []
  for (const [one, other] of pairs) {
    const places = together.get(pairName(one, other)) ?? []
    const place = places[dice.int(places.length)] as MeetingPlace
    // Who stands left is for the dice: a side that could be foreseen would tell.
    const [left, right] = dice.int(2) === 0 ? [one, other] : [other, one]
    const clips = {
      left: await chooseRollout(tx, contest, { ...place, versionId: left, shownNow, dice }),
      right: await chooseRollout(tx, contest, { ...place, versionId: right, shownNow, dice }),
    }
    subjects.push({
      kind: 'pair',
      pair: newPair(contest, content, { scenario: place.scenario, left, right, clips }),
    })
  }
  await openTasks(tx, ctx, { campaignId: campaign.id, kind: 'compare', subjects, offerCount: 1 })
  return subjects.length
}

interface Choice extends MeetingPlace {
  versionId: string
  /** How often each was taken in this turn. */
  shownNow: Map<string, number>
  dice: SeededRandom
}

/** A rollout that was shown least, so that as many runs as there are stand behind the votes. */
async function chooseRollout(tx: Tx, contest: Contest, choice: Choice): Promise<ShownRollout> {
  const drawn = await drawRollouts(tx, contest, choice)
  // Where worlds are mixed, the world of each side is for the dice: not for which of them has more runs.
  const [world] = choice.dice.shuffle([...new Set(drawn.map((each) => each.world))].sort())
  const candidates = drawn.filter((each) => each.world === world)
  const ids = candidates.map(({ rolloutId }) => rolloutId)
  const shown = await timesShown(tx, contest.workspaceId, ids)
  const timesOf = ({ rolloutId }: ShownRollout) =>
    (shown.get(rolloutId) ?? 0) + (choice.shownNow.get(rolloutId) ?? 0)
  const fewest = Math.min(...candidates.map(timesOf))
  const chosen = found(
    candidates.find((candidate) => timesOf(candidate) === fewest),
    'rollout',
  )
  choice.shownNow.set(chosen.rolloutId, (choice.shownNow.get(chosen.rolloutId) ?? 0) + 1)
  return chosen
}

interface Sides {
  scenario: string
  left: string
  right: string
  clips: { left: ShownRollout; right: ShownRollout }
}

export function newPair(
  { suiteId, suiteVersion }: Contest,
  content: SuiteContent,
  { scenario, left, right, clips }: Sides,
): NewPair {
  return {
    suite_id: suiteId,
    suite_version: suiteVersion,
    world: clips.left.world === clips.right.world ? clips.left.world : 'mixed',
    scenario_key: scenario,
    instruction: JSON.stringify(instructionOf(content, scenario)),
    left_version_id: left,
    left_rollout_id: clips.left.rolloutId,
    left_stream: clips.left.stream,
    left_clip: clipOf(clips.left),
    right_version_id: right,
    right_rollout_id: clips.right.rolloutId,
    right_stream: clips.right.stream,
    right_clip: clipOf(clips.right),
  }
}
