import fs from 'node:fs/promises'
import path from 'node:path'
import { releaseRoutes } from '@chiron/contract'
import { machineAnswer } from '@chiron/core/kinds'
import { readParquet, readRelease } from '@chiron/formats/lerobot'
import { readMessages, readRecordings } from '@chiron/formats/mcap'
import { readFolder } from '@chiron/formats/node'
import { PATHS, verifyRelease } from '@chiron/formats/proof'
import { expect, test } from 'vitest'
import { agree, claim, film, goodClip, ok, openLoop, submitted } from '../../testing/loop.ts'
import { clipWithHands, GRID_HANDS } from '../../testing/seen-hands.ts'
import { testChiron } from '../../testing.ts'
import { releaseFolder } from './release-folder.ts'

const chiron = await testChiron({ poolSize: 4 })
const loop = await openLoop(chiron)
const { lab } = loop

const INDEX_TIP = 8
const SIDE = 'annotation.hands_corrected.right'

/** Two people correct every film with hands alike: the tip of the index finger lies further right, the thumb's is hidden. */
async function correctAll(asking: string): Promise<string[]> {
  const people = await Promise.all([lab.worker('Rania'), lab.worker('Otto')])
  for (const worker of people) {
    const lease = await claim(chiron, worker, asking)
    const asked = lease?.subject.kind === 'episode' ? (lease.subject.moments ?? []) : []
    const answer = machineAnswer(asked)
    for (const { right } of answer.moments) {
      right![INDEX_TIP] = { state: 'seen', x: 0.5, y: 0.4 }
      right![4] = { ...right![4]!, state: 'hidden' }
      right![20] = { state: 'outside' }
    }
    await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
  }
  await chiron.drain()
  return people.map(({ workerId }) => workerId)
}

test('REL-15 what people put right leaves beside the machine’s points in both formats, by how many and not by whom', async () => {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 4 })
  const asking = await loop.correct({ sourceCampaignId: campaignId })
  const author = await lab.worker()
  await agree(chiron, author, campaignId)
  const seen = await film(chiron, loop, {
    worker: author,
    campaignId,
    file: await clipWithHands('corrected', GRID_HANDS),
  })
  const bare = await film(chiron, loop, { worker: author, campaignId, file: goodClip() })
  await chiron.drain()
  const people = await correctAll(asking)
  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'corrected', format: 'both' },
  })
  await chiron.drain()
  const root = releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name: 'corrected' })
  const folder = readFolder(root)
  expect((await verifyRelease(folder)).checks.filter(({ holds }) => !holds)).toEqual([])

  const dataset = await readRelease(folder)
  const rowsOf = async (index: number) =>
    (await readParquet((await folder.open(dataset.episodes[index]!.dataPath))!)).rows
  // Both were filmed in the same moment of a clock that stands still: either may come first.
  const indexOf = (id: string | null) =>
    dataset.episodes.findIndex(({ columns }) => columns['provenance.episode_id'] === id)
  const [first, second] = [indexOf(seen.episodeId), indexOf(bare.episodeId)]
  const rows = await rowsOf(first)
  const corrected = rows.filter((row) => !Number.isNaN(row[`${SIDE}.answers`] as number))
  expect(corrected.map((row) => row['capture.native_seconds'])).toEqual([
    expect.closeTo(0.5, 2),
    expect.closeTo(1.5, 2),
  ])
  const points = corrected[0]?.[`${SIDE}.points`] as number[]
  expect([points[2 * INDEX_TIP], points[2 * INDEX_TIP + 1]]).toEqual([
    expect.closeTo(0.5, 5),
    expect.closeTo(0.4, 5),
  ])
  expect([points[40], points[41]]).toEqual([-1, -1])
  const states = corrected[0]?.[`${SIDE}.state`] as number[]
  expect([states[4], states[INDEX_TIP], states[20]]).toEqual([1, 0, 2])
  const errors = corrected[0]?.[`${SIDE}.error`] as number[]
  expect(errors[INDEX_TIP]).toBeCloseTo(0.5 / 320, 6)
  expect((corrected[0]![`${SIDE}.agreement`] as number[])[INDEX_TIP]).toBe(1)
  // The machine's own stays as it came: at these very frames, too.
  const machine = corrected[0]?.['annotation.hands.right.points'] as number[]
  expect(machine[3 * INDEX_TIP]).toBeCloseTo(0.45, 5)
  // Looked at, and no such hand.
  expect(corrected[0]?.['annotation.hands_corrected.left.answers']).toBe(2)
  expect((corrected[0]!['annotation.hands_corrected.left.points'] as number[]).every(Number.isNaN)).toBe(true)
  expect((await rowsOf(second)).every((row) => Number.isNaN(row[`${SIDE}.answers`] as number))).toBe(true)
  const momentCountOf = (index: number) => dataset.episodes[index]?.columns['hands_corrected.moment_count']
  expect([momentCountOf(first), momentCountOf(second)]).toEqual([2, null])

  const recordings = await readRecordings(folder)
  const [recording, plain] = [recordings[first], recordings[second]]
  const told: { topic: string; timeMs: number; body: unknown }[] = []
  for await (const message of readMessages(recording!.path, (await folder.open(recording!.path))!))
    if (message.topic.startsWith('/people/')) told.push(message)
  const spoken = told.filter(({ topic }) => topic === '/people/hands')
  expect(spoken.map(({ timeMs }) => timeMs)).toEqual([500, 1500])
  expect(spoken[0]?.body).toMatchObject({
    answer_count: 2,
    by: 'consensus',
    hands: [
      { side: 'left', is_in_picture: false, points: [] },
      { side: 'right', is_in_picture: true },
    ],
  })
  const [, right] = (spoken[0]!.body as { hands: { points: object[] }[] }).hands
  expect(right?.points[INDEX_TIP]).toMatchObject({ joint: 'index_tip', state: 'seen', x: 0.5, y: 0.4 })
  expect(right?.points[20]).toEqual({ joint: 'little_tip', state: 'outside', agreement: 1, state_share: 1 })
  expect(told.filter(({ topic }) => topic === '/people/hands/annotations')).toHaveLength(2)
  expect(plain?.topics.some(({ topic }) => topic.startsWith('/people/'))).toBe(false)

  const provenance = await fs.readFile(path.join(root, PATHS.episode(seen.episodeId ?? '')), 'utf8')
  expect(JSON.parse(provenance)).toMatchObject({
    hands: { model: 'hand lite' },
    correctedHands: { momentCount: 2, answerCount: 2, byMember: false },
  })
  for (const workerId of people) expect(provenance).not.toContain(workerId)
  const other = await fs.readFile(path.join(root, PATHS.episode(bare.episodeId ?? '')), 'utf8')
  expect(JSON.parse(other).correctedHands).toBeUndefined()
  const card = await fs.readFile(path.join(root, PATHS.card), 'utf8')
  expect(card).toContain('hands as people corrected them, at 2 moments of 1 of 2 episodes')
}, 180_000)
