import { accountRoutes, campaignRoutes, consentRoutes, mediaRoutes } from '@chiron/contract'
import { campaignTemplates } from '@chiron/core/campaign'
import { expect, test } from 'vitest'
import { agree, darkClip, film, goodClip, judge, ok, openLoop } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { sealNow } from '../log/index.ts'

const chiron = await testChiron()
const HOUR_MS = 3600 * 1000
type Loop = Awaited<ReturnType<typeof openLoop>>

const progressOf = ({ lab }: Loop, campaignId: string) =>
  ok(chiron, campaignRoutes.read, { params: { campaignId }, headers: lab.headers('auditor') })
const measureOf = async (loop: Loop, campaignId: string, id: string) =>
  (await progressOf(loop, campaignId)).measures.find((measure) => measure.id === id)

test('INS-1 INS-6 a draft says what it lacks, and verbs answer with the campaign', async () => {
  const loop = await openLoop(chiron)
  const headers = loop.lab.headers('manager')
  const { takes } = loop.drafts
  const bare = { ...takes, terms: { ...takes.terms, payMinor: null } }
  const made = await ok(chiron, campaignRoutes.create, { headers, body: bare })
  expect(made).toMatchObject({ state: 'draft', counts: { openTasks: 0, submitted: 0, workers: 0 } })
  const draft = await progressOf(loop, made.id)
  expect(draft.faults.map(({ code }) => code)).toEqual(['pay-missing'])
  expect(draft).toMatchObject({
    expectedHourlyMinor: 0,
    measuredHourlyMinor: null,
    escrow: { neededMinor: 0 },
  })
  const params = { campaignId: made.id }
  const early = await chiron.call(campaignRoutes.publish, { params, headers })
  expect([early.status, early.body.code]).toEqual([422, 'not-publishable'])
  await ok(chiron, campaignRoutes.change, { params, headers, body: { terms: takes.terms } })
  const published = await ok(chiron, campaignRoutes.publish, { params, headers })
  expect(published).toMatchObject({ state: 'published', termsVersion: 2, counts: { openTasks: 3 } })
  expect(published.publishedAt).not.toBeNull()
  expect(await progressOf(loop, made.id)).toMatchObject({
    faults: [],
    expectedHourlyMinor: 3000,
    escrow: { neededMinor: 180, heldMinor: 180, spentMinor: 0, currency: 'USD' },
  })
  expect((await ok(chiron, campaignRoutes.pause, { params, headers })).state).toBe('paused')
  expect((await progressOf(loop, made.id)).decide).toEqual([
    { what: 'resume', count: 1, href: `/campaigns/${made.id}` },
  ])
  expect((await ok(chiron, campaignRoutes.resume, { params, headers })).state).toBe('published')
  expect((await ok(chiron, campaignRoutes.close, { params, headers })).state).toBe('closed')
  const list = await ok(chiron, campaignRoutes.list, { headers: loop.lab.headers('reviewer') })
  expect(list.items.map(({ id }) => id)).toEqual([made.id])

  const stranger = (await chiron.workspace()).headers('manager')
  expect((await chiron.call(campaignRoutes.read, { params, headers: stranger })).status).toBe(404)
  const auditor = await chiron.call(campaignRoutes.create, {
    headers: loop.lab.headers('auditor'),
    body: takes,
  })
  expect(auditor.status).toBe(403)
})

test('INS-1 INS-2 nothing is measured before anybody has worked, and each measure says so', async () => {
  const loop = await openLoop(chiron)
  const { measures, pace, medianActiveSeconds } = await progressOf(loop, await loop.demonstrate())
  expect(measures.map(({ id }) => id)).toEqual([
    'accuracy',
    'consistency',
    'coverage',
    'replayability',
    'provenance',
    'privacy',
  ])
  for (const { value, n, why, counts } of measures)
    expect([value, n, why.length > 10, counts]).toEqual([null, 0, true, {}])
  expect(pace).toHaveLength(48)
  expect(pace.every(({ count }) => count === 0)).toBe(true)
  expect(medianActiveSeconds).toBeNull()
})

test('INS-2 a campaign shows the measures that its kind can have', async () => {
  const loop = await openLoop(chiron)
  const headers = loop.lab.headers('manager')
  const sourceCampaignId = await loop.demonstrate()
  const { questions } = loop.drafts
  const shownOf = async (templateId: string, sourceId: string | null) => {
    const template = campaignTemplates.find(({ id }) => id === templateId)
    const { kind, config } = template!.draft
    const body = { ...questions, kind, config, sourceCampaignId: sourceId }
    const { id } = await ok(chiron, campaignRoutes.create, { headers, body })
    return (await progressOf(loop, id)).measures.map((measure) => measure.id)
  }
  const imported = ['accuracy', 'consistency', 'coverage', 'replayability', 'provenance', 'privacy']
  expect(await shownOf('judge-outcome', null)).toEqual(imported)
  expect(await shownOf('judge-outcome', sourceCampaignId)).toEqual(['accuracy', 'consistency', 'provenance'])
  expect(await shownOf('correct-hands', sourceCampaignId)).toEqual(['provenance'])
  expect(await shownOf('compare-robots', null)).toEqual(['provenance'])
})

test('INS-2 INS-4 INS-5 recordings: coverage, replayability, provenance, pace and pay as they come in', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 5 })
  const [ann, ben] = [await lab.worker('Ann'), await lab.worker('Ben')]
  for (const worker of [ann, ben]) await agree(chiron, worker, campaignId)
  const first = await film(chiron, loop, { worker: ann, campaignId, file: goodClip() })
  chiron.deps.clock.advance(HOUR_MS)
  await film(chiron, loop, { worker: ben, campaignId, file: goodClip() })
  await film(chiron, loop, { worker: ben, campaignId, file: darkClip() })
  await chiron.drain()
  const unsealed = await measureOf(loop, campaignId, 'provenance')
  expect(unsealed).toMatchObject({ value: 0, n: 3 })
  await sealNow(lab.as('manager'))

  const progress = await progressOf(loop, campaignId)
  expect(progress).toMatchObject({ medianActiveSeconds: 5, measuredHourlyMinor: 36_000 })
  expect(progress.pace.slice(-2).map(({ count }) => count)).toEqual([1, 2])
  expect(progress.campaign.counts).toMatchObject({ submitted: 3, accepted: 2, returned: 1, workers: 2 })
  expect(progress.escrow.spentMinor).toBe(100)
  const [, , coverage, replayability, provenance] = progress.measures
  expect(coverage?.value).toBeCloseTo(2 / 3)
  expect(coverage?.why).toContain('People so far: 2')
  expect(coverage?.counts).toMatchObject({ people: 2, imported: 0 })
  expect(replayability).toMatchObject({ n: 3, counts: { good: 2, n: 3 } })
  expect(replayability?.value).toBeCloseTo(2 / 3)
  expect(replayability?.low).toBeCloseTo(0.2077, 3)
  expect(provenance).toMatchObject({ value: 1, n: 3, high: 1 })

  const params = { episodeId: first.episodeId ?? '' }
  const episode = await ok(chiron, mediaRoutes.readEpisode, { params, headers: lab.headers('auditor') })
  expect(episode).toMatchObject({ state: 'accepted', releases: [], consent: { state: 'given' }, labels: [] })
  expect(episode.provenance.every(({ leafIndex }) => leafIndex !== null)).toBe(true)
  expect(episode.provenance.map(({ action }) => action)).toContain('submission.submit')
})

test('INS-3 consistency is the share of pairs that say the same', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate({ quota: 2 })
  const questions = loop.drafts.questions.flow
  const flow = { ...questions, answers: { min: 2, max: 3, sureAt: 0.999 } }
  const asking = await loop.choose({ sourceCampaignId: campaignId, flow })
  const filming = await lab.worker('Film')
  await agree(chiron, filming, campaignId)
  await film(chiron, loop, { worker: filming, campaignId, file: goodClip() })
  await chiron.drain()
  for (const outcome of ['outcome.success', 'outcome.failure', 'outcome.success']) {
    chiron.deps.clock.advance(1000)
    await judge(chiron, { worker: await lab.worker(), campaignId: asking, outcome })
    await chiron.drain()
  }
  for (const id of [asking, campaignId]) {
    const measure = await measureOf(loop, id, 'consistency')
    expect(measure?.value).toBeCloseTo(1 / 3)
    expect(measure).toMatchObject({ n: 2, why: '1 of 3 pairs of answers about the same clip say the same.' })
    expect(measure?.low).toBeLessThan(1 / 3)
    expect(measure?.high).toBeGreaterThan(1 / 3)
  }
  const progress = await progressOf(loop, asking)
  expect(progress.campaign.counts.inReview).toBe(1)
  expect(progress.decide).toEqual([{ what: 'reviews', count: 1, href: `/review?campaignId=${asking}` }])
})

test('INS-7 people and consents are shown with what they led to, to whom they concern', async () => {
  const loop = await openLoop(chiron)
  const { lab } = loop
  const campaignId = await loop.demonstrate({ quota: 3 })
  const [film1, idle] = [await lab.worker('Film'), await lab.worker('Idle')]
  for (const worker of [film1, idle]) await agree(chiron, worker, campaignId)
  const good = await film(chiron, loop, { worker: film1, campaignId, file: goodClip() })
  await film(chiron, loop, { worker: film1, campaignId, file: darkClip() })
  await chiron.drain()
  const people = await ok(chiron, accountRoutes.listPeople, { headers: lab.headers('auditor') })
  expect(people.items).toMatchObject([
    { workerId: film1.workerId, acceptedCount: 0, returnedCount: 1, pendingCount: 1 },
    { workerId: idle.workerId, acceptedCount: 0, returnedCount: 0, pendingCount: 0 },
  ])
  const consentsOf = async ({ headers }: { headers: Record<string, string> }) =>
    (await ok(chiron, consentRoutes.list, { headers })).items
  const workspaceName = `Lab ${lab.slug}`
  const common = { campaignId, campaignTitle: loop.drafts.takes.title, workspaceName, state: 'given' }
  expect(await consentsOf(film1)).toMatchObject([{ ...common, episodeCount: 2 }])
  expect(await consentsOf(idle)).toMatchObject([{ ...common, episodeCount: 0 }])
  const rival = (await chiron.workspace()).headers('owner')
  expect((await ok(chiron, accountRoutes.listPeople, { headers: rival })).items).toEqual([])
  expect(good.state).toBe('checking')
})
