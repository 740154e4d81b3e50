import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { mediaRoutes, releaseRoutes } from '@chiron/contract'
import { BOARD, type Calibration } from '@chiron/core/camera'
import { utf8 } from '@chiron/core/kit'
import { BODY_LANDMARKS, type BodyNote, type Hand, type HandStream, type Redaction } from '@chiron/core/sight'
import { readParquet, readRelease } from '@chiron/formats/lerobot'
import { readMessages, readRecordings } from '@chiron/formats/mcap'
import { readFolder } from '@chiron/formats/node'
import { notesBox } from '@chiron/formats/notes'
import { PATHS, verifyRelease } from '@chiron/formats/proof'
import { expect, test } from 'vitest'
import { agree, claim, goodClip, ok, openLoop, submitted, takeAnswer, uploaded } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'
import { releaseFolder } from './release-folder.ts'

const chiron = await testChiron({ poolSize: 4 })
const loop = await openLoop(chiron)
const { lab } = loop

const FILM_START_MS = 7000
const hand = (x: number): Hand => ({
  side: 'right',
  confidence: 0.9,
  points: Array.from({ length: 21 }, (_, at): [number, number, number] => [x, at / 40, -0.02]),
})
/** Looks at 0 and 400 ms of the film that saw a hand move from 0.2 to 0.6, and one at 600 ms that saw none. */
const HANDS: HandStream = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35', model: 'hand lite' },
  clock: 'camera',
  filmStartMs: FILM_START_MS,
  frames: [
    { timeMs: FILM_START_MS, hands: [hand(0.2)] },
    { timeMs: FILM_START_MS + 400, hands: [hand(0.6)] },
    { timeMs: FILM_START_MS + 600, hands: [] },
  ],
}
const REDACTION: Redaction = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35' },
  models: ['face full', 'hand lite'],
  looksPerSecond: 5,
  minConfidence: 0.3,
  carryMs: 500,
  covers: [
    { fromMs: 0, toMs: 500, boxes: [{ x: 0, y: 0, width: 0.5, height: 0.5 }] },
    { fromMs: 500, toMs: 1250, boxes: [{ x: 0, y: 0, width: 0.5, height: 0.25 }] },
  ],
  sheets: {
    tool: { name: 'a finder', version: '3' },
    looksPerSecond: 2.5,
    carryMs: 1000,
    found: [
      { kind: 'paper', fromMs: 0, toMs: 800, lookCount: 3, choice: 'covered' },
      { kind: 'screen', fromMs: 400, toMs: 1200, lookCount: 3, choice: 'nothing-private' },
    ],
    covers: [{ fromMs: 0, toMs: 800, boxes: [{ x: 0.5, y: 0.5, width: 0.5, height: 0.5 }] }],
  },
  background: 'removed',
  sound: 'dropped',
  dates: 'stripped',
  approvedAt: '2026-01-02T03:04:05.000Z',
}

/** A good clip with what was seen of the hands behind its pictures. */
const clipWithHands = (name = 'hands-seen', hands = HANDS): Promise<string> => clipWith(name, { hands })

async function clipWith(name: string, seen: object): Promise<string> {
  const file = path.join(path.dirname(goodClip()), `${name}.mp4`)
  const notes = notesBox(utf8(JSON.stringify({ version: 1, ...seen })))
  await fs.writeFile(file, Buffer.concat([await fs.readFile(goodClip()), notes]))
  return file
}

async function filmed(
  campaignId: string,
  file: string,
  known: { redaction?: Redaction; calibration?: Calibration } = {},
): Promise<string> {
  const worker = await lab.worker()
  await agree(chiron, worker, campaignId)
  const lease = await claim(chiron, worker, campaignId)
  const upload = await uploaded(worker, lab, file)
  const answer = { ...takeAnswer(upload, chiron.deps.clock.now()), ...known }
  const { episodeId } = await submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
  await chiron.drain()
  return episodeId ?? ''
}

test('REL-11 REL-12 what was seen of the hands and what was covered leave in both formats, as they were', async () => {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 4 })
  const seen = await filmed(campaignId, await clipWithHands(), { redaction: REDACTION })
  const bare = await filmed(campaignId, goodClip())
  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'seen', format: 'both' },
  })
  await chiron.drain()
  const root = releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name: 'seen' })
  const folder = readFolder(root)
  const verdict = await verifyRelease(folder)
  expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([])

  const dataset = await readRelease(folder)
  const names = Object.keys(dataset.info.features)
  expect(names.filter((name) => name.startsWith('annotation.hands.'))).toEqual([
    'annotation.hands.right.points',
    'annotation.hands.right.confidence',
    'annotation.hands.right.look_seconds',
  ])
  const rowsOf = async (index: number) =>
    (await readParquet((await folder.open(dataset.episodes[index]!.dataPath))!)).rows
  for (const row of await rowsOf(0)) {
    const second = row['capture.native_seconds'] as number
    const points = row['annotation.hands.right.points'] as number[]
    const isSeen = second <= 0.417
    expect(Number.isNaN(points[0])).toBe(!isSeen)
    if (isSeen) expect(points[60]).toBeCloseTo(Math.min(0.6, 0.2 + second), 5)
    if (isSeen) expect(points.slice(61)).toEqual([0.5, expect.closeTo(-0.02, 6)])
    const covered = second <= 0.5 ? 0.25 : second <= 1.25 ? 0.125 : 0
    expect(row['capture.faces_covered_ratio'], `at ${second} s`).toBeCloseTo(covered, 5)
    expect(row['capture.sheets_covered_ratio'], `at ${second} s`).toBeCloseTo(second <= 0.8 ? 0.25 : 0, 5)
  }
  for (const row of await rowsOf(1)) {
    expect((row['annotation.hands.right.points'] as number[]).every(Number.isNaN)).toBe(true)
    expect(row['annotation.hands.right.confidence']).toBeNaN()
    expect(row['capture.faces_covered_ratio']).toBeNaN()
    expect(row['capture.sheets_covered_ratio']).toBeNaN()
  }
  expect(dataset.episodes.map(({ columns }) => columns['redaction.faces_covered_seconds'])).toEqual([
    1.25,
    null,
  ])
  for (const [column, value] of [
    ['redaction.sheets_flagged', 2],
    ['redaction.sheets_covered_seconds', 0.8],
  ] as const)
    expect(dataset.episodes.map(({ columns }) => columns[column])).toEqual([value, null])
  expect(dataset.episodes.map(({ columns }) => columns['hands.model'])).toEqual(['hand lite', null])

  const [recording, plain] = await readRecordings(folder)
  const messages: { topic: string; timeMs: number; body: unknown }[] = []
  for await (const message of readMessages(recording!.path, (await folder.open(recording!.path))!))
    messages.push(message)
  const of = (topic: string) => messages.filter((message) => message.topic === topic)
  expect(
    of('/phone/hands').map(({ timeMs, body }) => [timeMs, (body as { native_ms: number }).native_ms]),
  ).toEqual(HANDS.frames.map(({ timeMs }) => [timeMs - FILM_START_MS, timeMs]))
  expect(of('/phone/covers').map(({ body }) => body)).toEqual(
    [
      ...REDACTION.covers.map((cover) => ({ ...cover, of: 'face' })),
      ...REDACTION.sheets!.covers.map((cover) => ({ ...cover, of: 'sheet' })),
    ]
      .sort((a, b) => a.fromMs - b.fromMs)
      .map(({ fromMs, toMs, of, boxes }) => ({ from_ms: fromMs, to_ms: toMs, of, boxes })),
  )
  expect(recording?.redaction).toMatchObject({ tool: '@mediapipe/tasks-vision', background: 'removed' })
  expect([plain?.redaction, plain?.hands]).toEqual([undefined, undefined])

  const told = JSON.parse(await fs.readFile(path.join(root, PATHS.episode(seen)), 'utf8'))
  const by = { tool: '@mediapipe/tasks-vision', version: '0.10.35' }
  expect(told.redactions).toEqual([
    { kind: 'faces-filled', ...by, models: REDACTION.models, spanCount: 2, coveredMs: 1250 },
    {
      kind: 'sheets-filled',
      tool: 'a finder',
      version: '3',
      sheetCount: 1,
      spanCount: 1,
      coveredMs: 800,
    },
    { kind: 'sheets-kept', tool: 'a finder', version: '3', sheetCount: 1 },
    { kind: 'background-removed', ...by, models: REDACTION.models },
    { kind: 'sound-dropped', ...by },
    { kind: 'dates-stripped', ...by },
  ])
  expect(told).toMatchObject({
    covers: REDACTION.covers,
    sheetCovers: REDACTION.sheets!.covers,
    hands: { ...by, model: 'hand lite', lookCount: 3 },
  })
  // Nobody is told the hour at which somebody looked at their film.
  expect(JSON.stringify(told)).not.toContain('03:04')
  expect(JSON.parse(await fs.readFile(path.join(root, PATHS.episode(bare)), 'utf8')).redactions).toEqual([])
  const manifest = await fs.readFile(path.join(root, PATHS.manifest), 'utf8')
  expect(manifest).toContain('faces-filled')
  expect(manifest).not.toContain('"covers"')
  const card = await fs.readFile(path.join(root, PATHS.card), 'utf8')
  expect(card).toContain('faces-filled (1 of 2)')
  expect(card).toContain('hands as a detector on the phone believed to see them, in 1 of 2 episodes')
}, 120_000)

/** For pictures of 320 × 240, the size of the clips, without a bend. */
const CALIBRATION: Calibration = {
  id: randomUUID(),
  device: randomUUID(),
  camera: 'camera 0, facing back',
  facing: 'environment',
  zoom: null,
  intrinsics: {
    width: 320,
    height: 240,
    fx: 260,
    fy: 260,
    cx: 159.5,
    cy: 119.5,
    distortion: [0, 0, 0, 0, 0],
  },
  rmsPx: 0.2,
  board: BOARD,
  viewCount: 12,
  coverageRatio: 1,
  tool: { name: '@techstark/opencv-js', version: '4.12.0' },
  madeAt: '2026-01-01T00:00:00.000Z',
}

/** A hand of a usual size half a metre away, a tenth to the right, as a detector would tell it. */
function handInRoom(): { hand: Hand; room: [number, number, number][] } {
  const shape = Array.from({ length: 21 }, (_, at): [number, number, number] => {
    const [finger, joint] = [Math.floor((at - 1) / 4), (at - 1) % 4]
    return at === 0 ? [0, 0.09, 0] : [(finger - 2) * 0.022, 0.02 - joint * 0.027, -0.004 * joint * finger]
  })
  const room = shape.map(([x, y, z]): [number, number, number] => [x + 0.1, y, z + 0.5])
  const { fx, fy, cx, cy, width, height } = CALIBRATION.intrinsics
  const points = room.map(([x, y, z]): [number, number, number] => [
    ((fx * x) / z + cx + 0.5) / width,
    ((fy * y) / z + cy + 0.5) / height,
    0,
  ])
  return { hand: { side: 'left', confidence: 0.8, points, world: shape }, room }
}

test('REL-14 hands are told in metres where the camera is known, with their error, and nowhere else', async () => {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 4 })
  const { hand, room } = handInRoom()
  const frames = [0, 300].map((filmMs) => ({ timeMs: FILM_START_MS + filmMs, hands: [hand] }))
  const clip = await clipWithHands('hands-in-metres', { ...HANDS, frames })
  await filmed(campaignId, clip, {
    calibration: { ...CALIBRATION, madeAt: chiron.deps.clock.now().toISOString() },
  })
  await filmed(campaignId, clip)
  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'metres', format: 'both' },
  })
  await chiron.drain()
  const folder = readFolder(
    releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name: 'metres' }),
  )
  expect((await verifyRelease(folder)).checks.filter(({ holds }) => !holds)).toEqual([])
  const dataset = await readRelease(folder)
  const rowsOf = async (index: number) =>
    (await readParquet((await folder.open(dataset.episodes[index]!.dataPath))!)).rows
  const [first] = await rowsOf(0)
  const metres = first?.['annotation.hands.left.metres'] as number[]
  for (const [at, value] of room.flat().entries()) expect(metres[at], `value ${at}`).toBeCloseTo(value, 2)
  const error = first?.['annotation.hands.left.metres_error'] as number
  expect(error).toBeGreaterThan(0.03)
  expect(error).toBeLessThan(0.05)
  for (const row of await rowsOf(1)) {
    expect((row['annotation.hands.left.metres'] as number[]).every(Number.isNaN)).toBe(true)
    expect(row['annotation.hands.left.metres_error']).toBeNaN()
  }
  const [known, unknown] = await readRecordings(folder)
  const bodies: { hands: { points: { x: number; y: number; z: number }[] }[] }[] = []
  for await (const { topic, body } of readMessages(known!.path, (await folder.open(known!.path))!))
    if (topic === '/phone/hands/metres') bodies.push(body as (typeof bodies)[number])
  expect(bodies).toHaveLength(2)
  expect(bodies[0]?.hands[0]?.points[0]?.z).toBeCloseTo(0.5, 2)
  expect(unknown?.topics.map(({ topic }) => topic)).not.toContain('/phone/hands/metres')
}, 180_000)

/** A body that moves from 0.2 to 0.6 within 400 ms of the film, which begins a second into the take; then nobody. */
const BODY = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35', model: 'pose lite', sha256: 'ab'.repeat(32) },
  clock: 'film',
  filmStartMs: 1000,
  frames: [0.2, 0.6, null].map((x, look) => ({
    timeMs: 1000 + look * 400,
    count: x === null ? 0 : 2,
    body: x === null ? null : BODY_LANDMARKS.map((_, at) => [x, at / 40, -0.1, look === 0 ? 0.9 : 0.5]),
  })),
} as BodyNote

test('REL-17 MED-29 the body leaves in both formats as it was seen, or why it was not', async () => {
  const flow = { ...loop.drafts.takes.flow, answers: null, acceptLabels: [] }
  const campaignId = await loop.demonstrate({ flow, quota: 4 })
  // What is wrong with the hands is nothing to the body.
  const seen = await filmed(campaignId, await clipWith('body-seen', { body: BODY, hands: 'broken' }))
  const slow = await filmed(campaignId, await clipWith('body-absent', { body: { absent: 'device' } }))
  const bare = await filmed(campaignId, goodClip())
  const read = (episodeId: string) =>
    ok(chiron, mediaRoutes.readBody, { headers: lab.headers('reviewer'), params: { episodeId } })
  expect(await read(seen)).toEqual({ body: BODY })
  expect(await read(slow)).toEqual({ body: { absent: 'device' } })
  expect(await read(bare)).toEqual({ body: null })

  await ok(chiron, releaseRoutes.create, {
    headers: lab.headers('manager'),
    body: { campaignId, name: 'body', format: 'both' },
  })
  await chiron.drain()
  const root = releaseFolder(lab.as('manager'), { workspace_id: lab.workspaceId, name: 'body' })
  const folder = readFolder(root)
  expect((await verifyRelease(folder)).checks.filter(({ holds }) => !holds)).toEqual([])
  const dataset = await readRelease(folder)
  const { features } = dataset.info
  expect((features['annotation.body.points']!.names as string[]).slice(33, 36)).toEqual([
    'left_shoulder.x',
    'left_shoulder.y',
    'left_shoulder.z',
  ])
  const rowsOf = async (index: number) =>
    (await readParquet((await folder.open(dataset.episodes[index]!.dataPath))!)).rows
  for (const row of await rowsOf(0)) {
    const second = row['capture.native_seconds'] as number
    const points = row['annotation.body.points'] as number[]
    const isSeen = second <= 0.417
    expect(Number.isNaN(points[0]), `at ${second} s`).toBe(!isSeen)
    if (!isSeen) continue
    expect(points[96]).toBeCloseTo(Math.min(0.6, 0.2 + second), 5)
    expect(points.slice(97)).toEqual([expect.closeTo(0.8, 6), expect.closeTo(-0.1, 6)])
    expect((row['annotation.body.visibility'] as number[])[32]).toBeCloseTo(second === 0 ? 0.9 : 0.5, 5)
    expect(row['annotation.body.count']).toBe(2)
  }
  for (const index of [1, 2]) {
    for (const row of await rowsOf(index)) {
      expect((row['annotation.body.points'] as number[]).every(Number.isNaN)).toBe(true)
      expect(row['annotation.body.count']).toBeNaN()
    }
  }
  const columns = dataset.episodes.map((episode) => episode.columns)
  expect(columns.map((each) => [each['body.model'], each['body.look_count'], each['body.absent']])).toEqual([
    ['pose lite', 3, null],
    [null, null, 'device'],
    [null, null, null],
  ])
  const recordings = await readRecordings(folder)
  expect(recordings.map(({ body }) => body)).toEqual([
    expect.objectContaining({ model: 'pose lite', model_sha256: 'ab'.repeat(32) }),
    { absent: 'device' },
    undefined,
  ])
  const looks: unknown[] = []
  const [first] = recordings
  for await (const { topic, timeMs, body } of readMessages(first!.path, (await folder.open(first!.path))!))
    if (topic === '/phone/body') looks.push([timeMs, (body as { native_ms: number }).native_ms])
  expect(looks).toEqual([0, 400, 800].map((timeMs) => [timeMs, 1000 + timeMs]))
  const card = await fs.readFile(path.join(root, PATHS.card), 'utf8')
  expect(card).toContain('asked for in 2 of 3 episodes and looked for in 1')
}, 120_000)
