import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import {
  calibrationRoutes,
  type EpisodeDetail,
  mediaRoutes,
  type ReleaseOrderFormat,
  releaseRoutes,
  submissionRoutes,
} from '@chiron/contract'
import { BOARD, type Calibration, type CameraScale } from '@chiron/core/camera'
import { readRelease } from '@chiron/formats/lerobot'
import { readMessages, readRecordings } from '@chiron/formats/mcap'
import { readFolder } from '@chiron/formats/node'
import { PATHS, verifyRelease } from '@chiron/formats/proof'
import { expect, test } from 'vitest'
import { read } from '../../platform/tx.ts'
import {
  agree,
  claim,
  goodClip,
  ok,
  openLoop,
  submitBody,
  submitted,
  takeAnswer,
  uploaded,
} from '../../testing/loop.ts'
import { type TestWorker, testChiron } from '../../testing.ts'
import { releaseFolder } from './release-folder.ts'

const chiron = await testChiron({ poolSize: 4 })
const loop = await openLoop(chiron)
const { lab } = loop

const calibration = (change: Partial<Calibration> = {}): Calibration => ({
  id: randomUUID(),
  device: randomUUID(),
  camera: 'camera 0, facing back',
  facing: 'environment',
  zoom: null,
  // Twice the size of the clips: what was found holds for a picture of the same shape.
  intrinsics: {
    width: 640,
    height: 480,
    fx: 520,
    fy: 518,
    cx: 321,
    cy: 238,
    distortion: [0.1, -0.2, 0, 0, 0],
  },
  rmsPx: 0.21,
  board: BOARD,
  viewCount: 12,
  coverageRatio: 1,
  tool: { name: '@techstark/opencv-js', version: '4.12.0' },
  madeAt: chiron.deps.clock.now().toISOString(),
  ...change,
})

/** At twice the size of the clips, like the calibration above. */
const scaleOf = (change: Partial<CameraScale> = {}): CameraScale => ({
  kind: 'bank-card',
  id: randomUUID(),
  device: randomUUID(),
  camera: 'camera 0, facing back',
  facing: 'environment',
  zoom: null,
  width: 640,
  height: 480,
  corners: [
    { x: 100, y: 100 },
    { x: 300, y: 100 },
    { x: 300, y: 226 },
    { x: 100, y: 226 },
  ],
  mmPerPx: 0.428,
  errorRatio: 0.004,
  tiltRatio: 1,
  isFitted: true,
  tool: { name: 'chiron-card', version: '1' },
  madeAt: new Date(chiron.deps.clock.now().getTime() - 600_000).toISOString(),
  ...change,
})

const keep = (worker: TestWorker, body: { workspaceId: string; calibration: Calibration | CameraScale }) =>
  chiron.call(calibrationRoutes.keep, { headers: worker.headers, body })
const ownOf = async ({ headers }: TestWorker) =>
  (await ok(chiron, calibrationRoutes.listOwn, { headers })).items
const recordsOf = (id: string) =>
  read(lab.as('manager'), (tx) =>
    tx.selectFrom('record').select('action').where('subject_id', '=', id).execute(),
  )

async function filmedWith(
  campaignId: string,
  made: Calibration | undefined,
  scale?: CameraScale,
): Promise<EpisodeDetail> {
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  const upload = await uploaded(worker, lab, goodClip())
  const answer = {
    ...takeAnswer(upload, chiron.deps.clock.now()),
    ...(made ? { calibration: made } : {}),
    ...(scale ? { scale } : {}),
  }
  const { episodeId } = await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
  await chiron.drain()
  if (made) {
    expect(await ownOf(worker)).toEqual([{ workspaceId: lab.workspaceId, calibration: made }])
    // What its phone tells once more is no second one.
    expect((await keep(worker, { workspaceId: lab.workspaceId, calibration: made })).status).toBe(200)
    expect(await ownOf(worker)).toHaveLength(1)
  }
  return ok(chiron, mediaRoutes.readEpisode, {
    params: { episodeId: episodeId ?? '' },
    headers: lab.headers('auditor'),
  })
}

test('MED-23 a calibration is kept once, for teams one is in, seen by its maker alone among workers', async () => {
  const [worker, other] = [await lab.worker(), await lab.worker()]
  const made = calibration()
  const { workspaceId } = lab
  expect(await ownOf(worker)).toEqual([])
  for (let time = 0; time < 2; time += 1)
    expect((await keep(worker, { workspaceId, calibration: made })).status).toBe(200)
  expect(await ownOf(worker)).toEqual([{ workspaceId, calibration: made }])
  expect(await ownOf(other)).toEqual([])
  expect(await recordsOf(made.id)).toEqual([{ action: 'media.calibrate' }])

  const changed = { ...made, rmsPx: 0.1 }
  for (const [who, what] of [
    [worker, changed],
    [other, made],
  ] as const) {
    const { body } = await keep(who, { workspaceId, calibration: what })
    expect(body).toMatchObject({ code: 'idempotency-mismatch' })
  }
  const elsewhere = await chiron.workspace()
  const strange = await keep(worker, { workspaceId: elsewhere.workspaceId, calibration: calibration() })
  expect(strange.body).toMatchObject({ code: 'not-found' })
  const seen = await read(elsewhere.as('owner'), (tx) => tx.selectFrom('calibration').selectAll().execute())
  expect(seen).toEqual([])
  const bad = calibration({ intrinsics: { ...made.intrinsics, fx: -1 } })
  expect((await keep(worker, { workspaceId, calibration: bad })).status).toBe(400)
})

test('MED-24 REL-10 a recording knows the calibration in force, and it leaves in both formats where it fits', async () => {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 6 })
  const made = calibration()
  const otherShape = calibration({ intrinsics: { ...made.intrinsics, height: 360 } })
  const episodes = [
    await filmedWith(campaignId, made),
    await filmedWith(campaignId, undefined),
    await filmedWith(campaignId, otherShape),
  ]
  const { device, ...shown } = made
  expect(episodes.map((episode) => episode.calibration)).toEqual([
    { ...shown, stale: ['other-size'] },
    null,
    expect.objectContaining({ stale: ['other-size'] }),
  ])
  expect(JSON.stringify(episodes.map((episode) => episode.calibration))).not.toContain(device)

  const format: ReleaseOrderFormat = 'both'
  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'cameras', format },
  })
  await chiron.drain()
  const folder = releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name: 'cameras' })
  const verdict = await verifyRelease(readFolder(folder))
  expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([])

  const half = { width: 320, height: 240, fx: 260, fy: 259, cx: 160.25, cy: 118.75 }
  const dataset = await readRelease(readFolder(folder))
  const columns = dataset.episodes.map((episode) => episode.columns)
  for (const [name, value] of Object.entries(half))
    expect(columns.map((each) => each[`camera.${name}`])).toEqual([value, null, null])
  expect(columns[0]).toMatchObject({ 'camera.k1': 0.1, 'camera.k2': -0.2, 'camera.rms_px': 0.21 })

  const recordings = await readRecordings(readFolder(folder))
  expect(recordings.map(({ topics }) => topics.some(({ topic }) => topic === '/phone/calibration'))).toEqual([
    true,
    false,
    false,
  ])
  const file = recordings[0]?.path ?? ''
  const source = await readFolder(folder).open(file)
  const bodies: unknown[] = []
  for await (const { topic, body } of readMessages(file, source!))
    if (topic === '/phone/calibration') bodies.push(body)
  expect(bodies).toMatchObject([
    {
      distortion_model: 'plumb_bob',
      K: [260, 0, 160.25, 0, 259, 118.75, 0, 0, 1],
      D: [0.1, -0.2, 0, 0, 0],
    },
  ])

  const card = await fs.readFile(path.join(folder, PATHS.card), 'utf8')
  expect(card).toContain('camera calibrated in 1 of 3 episodes, reprojection error at most 0.21 px')
  const told = await fs.readFile(path.join(folder, PATHS.episode(episodes[0]!.id)), 'utf8')
  expect(JSON.parse(told)).toMatchObject({ camera: { ...half, rmsPx: 0.21 } })
  expect(told).not.toContain(device)
  expect(told).not.toContain(made.camera)
}, 120_000)

test('MED-23 an answer with the id of another’s calibration is refused whole', async () => {
  const campaignId = await loop.demonstrate({ quota: 2 })
  const made = calibration()
  await keep(await lab.worker(), { workspaceId: lab.workspaceId, calibration: made })
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  const upload = await uploaded(worker, lab, goodClip())
  const answer = { ...takeAnswer(upload, chiron.deps.clock.now()), calibration: made }
  const { body } = await chiron.call(submissionRoutes.submit, {
    headers: worker.headers,
    body: submitBody({ leaseId: lease?.id ?? '', answer }),
  })
  expect(body).toMatchObject({ code: 'idempotency-mismatch' })
  expect(await ownOf(worker)).toEqual([])
})

test('MED-26 REL-13 a bank card’s scale is kept with its own kind, told to the team, and leaves in both formats while it counts', async () => {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 6 })
  const scale = scaleOf()
  const dayOld = scaleOf({
    madeAt: new Date(chiron.deps.clock.now().getTime() - 24 * 3_600_000).toISOString(),
  })
  const episodes = [
    await filmedWith(campaignId, undefined, scale),
    await filmedWith(campaignId, undefined, dayOld),
    await filmedWith(campaignId, undefined),
  ]
  const { device, ...shown } = scale
  expect(episodes[0]).toMatchObject({ calibration: null, scale: { ...shown, stale: ['other-size'] } })
  expect(episodes[1]?.scale?.stale).toEqual(['other-size', 'old'])
  expect(episodes[2]?.scale).toBeNull()
  expect(JSON.stringify(episodes)).not.toContain(device)
  const kinds = await read(lab.as('manager'), (tx) =>
    tx.selectFrom('calibration').select('kind').where('id', '=', scale.id).execute(),
  )
  expect(kinds).toEqual([{ kind: 'bank-card' }])

  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'scales', format: 'both' },
  })
  await chiron.drain()
  const folder = releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name: 'scales' })
  const verdict = await verifyRelease(readFolder(folder))
  expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([])
  // The clips are half as wide: a pixel is twice as much.
  const half = {
    kind: 'bank-card',
    width: 320,
    height: 240,
    mm_per_px: 0.856,
    error_ratio: 0.004,
    minutes_before: 10,
  }
  const columns = (await readRelease(readFolder(folder))).episodes.map((episode) => episode.columns)
  for (const [name, value] of Object.entries(half))
    expect(
      columns.map((each) => each[`scale.${name}`]),
      name,
    ).toEqual([value, null, null])
  expect(JSON.parse(columns[0]?.['scale.corners_px'] as string)).toEqual([
    [50, 50],
    [150, 50],
    [150, 113],
    [50, 113],
  ])
  expect(columns.map((each) => each['camera.fx'])).toEqual([null, null, null])
  const recordings = await readRecordings(readFolder(folder))
  expect(recordings.map(({ facts }) => facts['scale.mm_per_px'])).toEqual(['0.856', undefined, undefined])
  expect(recordings.flatMap(({ topics }) => topics.map(({ topic }) => topic))).not.toContain(
    '/phone/calibration',
  )
  const card = await fs.readFile(path.join(folder, PATHS.card), 'utf8')
  expect(card).toContain('by a bank card in 1 of 3 episodes, standard error at most 0.4 %')
}, 180_000)
