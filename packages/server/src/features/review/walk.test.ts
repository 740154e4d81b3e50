import { reviewRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import {
  agree,
  film,
  goodClip,
  HAND_CLIP,
  hasHandClip,
  judge,
  ok,
  openLoop,
  ownSubmission,
} from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { episodeDetail } from './episode-detail.ts'

const chiron = await testChiron()

const WALK = 'a take is filmed, judged by people who disagree, settled by a member, and accepted'

test(WALK, () => walk(goodClip(), 2000))
test.skipIf(!hasHandClip)(`${WALK}: a real hand`, () => walk(HAND_CLIP, 4600))

async function walk(file: string, durationMs: number): Promise<void> {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate()
  const asking = await loop.choose({ sourceCampaignId: campaignId })
  const filming = await lab.worker('Film')
  await agree(chiron, filming, campaignId)
  const take = await film(chiron, loop, { worker: filming, campaignId, file, durationMs })
  expect(take.state).toBe('checking')
  await chiron.drain()
  const checked = await ownSubmission(chiron, filming, take.id)
  expect(checked).toMatchObject({ state: 'waiting', faults: [], reasons: [] })

  const judges = [await lab.worker('A'), await lab.worker('B'), await lab.worker('C')] as const
  const outcomes = ['outcome.success', 'outcome.failure', 'outcome.unclear']
  for (const [at, worker] of judges.entries()) {
    chiron.deps.clock.advance(1000)
    await judge(chiron, { worker, campaignId: asking, outcome: outcomes[at] ?? '' })
    await chiron.drain()
  }
  const headers = lab.headers('reviewer')
  const queue = await ok(chiron, reviewRoutes.list, { headers })
  expect(queue.items).toMatchObject([
    { why: 'disputed', campaignId: asking, mayDecide: true, kind: 'choose' },
  ])
  const reviewId = queue.items[0]?.id ?? ''
  const detail = await ok(chiron, reviewRoutes.read, { headers, params: { reviewId } })
  expect(detail.episode).toMatchObject({ id: take.episodeId, state: 'checked' })
  expect(detail.posterior).toHaveLength(3)
  expect(detail.episode?.labels.map(({ choices }) => choices.outcome)).toEqual(outcomes)
  expect(detail.labelChoices.map(({ id }) => id)).toEqual(outcomes)
  await ok(chiron, reviewRoutes.decide, {
    headers,
    params: { reviewId },
    body: { decision: 'accept', label: 'outcome.success' },
  })
  await chiron.drain()
  const accepted = await ownSubmission(chiron, filming, take.id)
  expect(accepted).toMatchObject({ state: 'accepted' })
  const manager = lab.as('manager')
  const episode = await read(manager, (tx) => episodeDetail(tx, manager, take.episodeId ?? ''))
  expect(episode).toMatchObject({
    state: 'accepted',
    verdict: { label: 'outcome.success', probability: 1, by: 'member' },
    consent: { state: 'given' },
  })
  const actions = episode?.provenance.map(({ action }) => action)
  for (const action of [
    'consent.decide',
    'submission.submit',
    'media.probe',
    'consensus.reach',
    'submission.decide',
  ])
    expect(actions).toContain(action)
  // Everybody who judged is paid, agreeing or not.
  const answers = await read(manager, (tx) =>
    tx.selectFrom('submission').select('state').where('campaign_id', '=', asking).execute(),
  )
  expect(answers).toEqual([{ state: 'accepted' }, { state: 'accepted' }, { state: 'accepted' }])
  expect((await ok(chiron, reviewRoutes.list, { headers })).items).toEqual([])
}
