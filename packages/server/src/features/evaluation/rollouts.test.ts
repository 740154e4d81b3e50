import { readFileSync } from 'node:fs'
import {
  embodimentRoutes,
  policyRoutes,
  type RolloutDraft,
  rolloutRoutes,
  rolloutStreamPath,
  suiteRoutes,
} from '@chiron/contract'
import { expect, test } from 'vitest'
import { digestOf, openArena, textUpload, uploadOf } from '../../testing/arena.ts'
import { bytesOf, goodClip, ok, writeBytes } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 4 })
const { call } = chiron
const JOINTS = 'time_ms,shoulder,elbow\n0,0.25,\n20,0.5,-1\n40.5,0.75,-2\n'

async function withStreams() {
  const arena = await openArena(chiron)
  const { lab, rollout } = arena
  const streams: RolloutDraft['streams'] = [
    { name: 'front', kind: 'video', uploadId: await uploadOf(lab, goodClip()), startMs: -120 },
    { name: 'state', kind: 'trajectory', uploadId: await textUpload(lab, JOINTS) },
  ]
  const body = rollout('first', { streams, task: 'Pick up the cup.', seed: 7 })
  return { ...arena, body }
}

test('EVA-5 a rollout comes in with its streams, each on its own clock', async () => {
  const { headers, body } = await withStreams()
  const made = await ok(chiron, rolloutRoutes.add, { headers, body })
  expect(made).toMatchObject({ policyName: 'pi-zero', policyLabel: 'v1', seed: 7, success: true })
  expect(made.durationMs).toBeCloseTo(1880, 0)
  expect(made.streams).toMatchObject([
    { name: 'front', kind: 'video', startMs: -120, sampleCount: 60, fps: 30, width: 320, codec: 'avc' },
    { name: 'state', kind: 'trajectory', startMs: 0, durationMs: 40.5, columns: ['shoulder', 'elbow'] },
  ])
  expect(await ok(chiron, rolloutRoutes.read, { headers, params: { rolloutId: made.id } })).toEqual(made)
})

test('EVA-5 a malformed stream is refused by name and row, and nothing of the rollout stays', async () => {
  const { lab, headers, body } = await withStreams()
  const clip = bytesOf(goodClip())
  const cut = writeBytes('cut.mp4', clip.subarray(0, clip.length >> 1))
  const cases = [
    ['trajectory', await textUpload(lab, `${JOINTS}39,1,1\n`), { row: 5 }],
    ['video', await textUpload(lab, JOINTS), { stream: 'bad' }],
    ['video', await uploadOf(lab, cut), { reason: expect.stringContaining('not complete') }],
  ] as const
  for (const [kind, uploadId, facts] of cases) {
    const streams = [...(body.streams ?? []), { name: 'bad', kind, uploadId }]
    const reply = await call(rolloutRoutes.add, { headers, body: { ...body, streams } })
    expect(reply).toMatchObject({ status: 422, body: { code: 'malformed', facts } })
    expect(reply.body.message).toContain('“bad”')
  }
  expect((await ok(chiron, rolloutRoutes.list, { headers })).items).toEqual([])
  // The good streams are still there to be used.
  await ok(chiron, rolloutRoutes.add, { headers, body })
})

test('EVA-6 the same digest is one rollout, in whatever number at once', async () => {
  const { lab, headers, body } = await withStreams()
  const add = () => call(rolloutRoutes.add, { headers, body })
  const replies = await Promise.all([add(), add(), add()])
  const made = replies.filter(({ status }) => status === 200)
  expect(new Set(made.map((reply) => reply.body.id)).size).toBe(1)
  for (const { status, body: said } of replies) expect([200, 409], said.message).toContain(status)
  // A sender who lost everything and uploads anew gets the first.
  const streams = [
    { ...body.streams?.[0], uploadId: await uploadOf(lab, goodClip()) },
    { ...body.streams?.[1], uploadId: await textUpload(lab, JOINTS) },
  ] as RolloutDraft['streams']
  const again = await ok(chiron, rolloutRoutes.add, { headers, body: { ...body, streams } })
  expect(again.id).toBe(made[0]?.body.id)
  const other = await call(rolloutRoutes.add, { headers, body: { ...body, success: false } })
  expect(other.body.code).toBe('idempotency-mismatch')
})

test('EVA-7 what a rollout refers to is there and fits', async () => {
  const { headers, params, freeze, rollout } = await openArena(chiron)
  const suite = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey: 'cup-bright' }
  const nobody = '01938f00-0000-7000-8000-000000000000'
  const codeOf = async (change: Partial<RolloutDraft>) => {
    const reply = await call(rolloutRoutes.add, { headers, body: rollout('x', change) })
    return reply.body.code ?? reply.status
  }
  expect(await codeOf(suite)).toBe('not-frozen')
  await freeze()
  const cases: [Partial<RolloutDraft>, string][] = [
    [{ policyVersionId: nobody }, 'not-found'],
    [{ embodimentId: nobody }, 'not-found'],
    [{ ...suite, suiteVersion: 9 }, 'not-found'],
    [{ ...suite, scenarioKey: 'none' }, 'bad-input'],
    [{ suiteId: suite.suiteId }, 'bad-input'],
    [{ ...suite, failureId: 'failure.dropped' }, 'bad-input'],
    [{ ...suite, success: false, failureId: 'failure.spilled' }, 'bad-input'],
    [{ success: false, failureId: 'failure.dropped' }, 'bad-input'],
    [{ success: null }, 'bad-input'],
  ]
  for (const [change, code] of cases) expect(await codeOf(change), JSON.stringify(change)).toBe(code)
  expect(await codeOf({ ...suite, success: false, failureId: 'failure.dropped' })).toBe(200)
})

test('EVA-8 streams go out to members alone, whole or in parts, and lie encrypted', async () => {
  const { lab, headers, body } = await withStreams()
  const { id } = await ok(chiron, rolloutRoutes.add, { headers, body })
  const get = (name: string, more: Record<string, string> = {}) =>
    chiron.http.inject({ url: rolloutStreamPath(id, name), headers: { ...headers, ...more } })
  const video = await get('front')
  expect([video.statusCode, video.headers['content-type']]).toEqual([200, 'video/mp4'])
  expect(video.rawPayload.equals(readFileSync(goodClip()))).toBe(true)
  const part = await get('state', { range: 'bytes=0-6' })
  expect([part.statusCode, part.body]).toEqual([206, 'time_ms'])
  expect((await get('none')).statusCode).toBe(404)
  const auditor = await chiron.http.inject({
    url: rolloutStreamPath(id, 'state'),
    headers: lab.headers('auditor'),
  })
  expect(auditor.body).toBe(JOINTS)
  for (const { id: blobId } of await chiron.deps.blobs.list(lab.workspaceId)) {
    const file = `${chiron.deps.config.home}/blobs/${lab.workspaceId}/${blobId.slice(-2)}/${blobId}`
    expect(readFileSync(file).includes('time_ms'), blobId).toBe(false)
  }
})

test('TRJ-3 a trajectory is given for drawing', async () => {
  const { headers, body } = await withStreams()
  const { id } = await ok(chiron, rolloutRoutes.add, { headers, body })
  const series = await ok(chiron, rolloutRoutes.series, { headers, params: { rolloutId: id, name: 'state' } })
  expect(series).toEqual({
    sampleCount: 3,
    columns: [
      { name: 'shoulder', timesMs: [0, 20, 40.5], values: [0.25, 0.5, 0.75], min: 0.25, max: 0.75 },
      { name: 'elbow', timesMs: [0, 20, 40.5], values: [null, -1, -2], min: -2, max: -1 },
    ],
  })
  const video = await call(rolloutRoutes.series, { headers, params: { rolloutId: id, name: 'front' } })
  expect(video.body.code).toBe('bad-input')
})

test('EVA-9 lists are filtered and paged, and counts are kept', async () => {
  const { headers, params, policy, freeze, rollout } = await openArena(chiron)
  await freeze()
  const suite = { suiteId: params.suiteId, suiteVersion: 1, scenarioKey: 'cup-bright' }
  const kinds: Partial<RolloutDraft>[] = [
    { success: true },
    { ...suite, success: false, failureId: 'failure.dropped', world: 'sim' },
    { ...suite, success: null, progress: 0.5 },
    { ...suite, success: true, scenarioKey: 'bowl-dim' },
  ]
  for (const [at, kind] of kinds.entries())
    await ok(chiron, rolloutRoutes.add, { headers, body: rollout(`r${at}`, kind) })
  const found = async (query: Record<string, string | number>) => {
    const { items } = await ok(chiron, rolloutRoutes.list, { headers, query })
    return items.map(({ digest }: { digest: string }) =>
      kinds.findIndex((_, at) => digestOf(`r${at}`) === digest),
    )
  }
  expect(await found({})).toEqual([3, 2, 1, 0])
  expect(await found({ outcome: 'success' })).toEqual([3, 0])
  expect(await found({ outcome: 'unknown' })).toEqual([2])
  expect(await found({ suiteId: params.suiteId, suiteVersion: 1 })).toEqual([3, 2, 1])
  expect(await found({ suiteId: params.suiteId, scenarioKey: 'cup-bright', outcome: 'failure' })).toEqual([1])
  expect(await found({ world: 'sim', policyId: policy.id })).toEqual([1])
  expect(await found({ failureId: 'failure.dropped' })).toEqual([1])
  expect(await found({ digest: digestOf('r2') })).toEqual([2])
  const { items, next } = await ok(chiron, rolloutRoutes.list, { headers, query: { limit: 3 } })
  expect(items).toHaveLength(3)
  expect(await found({ limit: 3, after: next ?? '' })).toEqual([0])
  const read = await ok(chiron, policyRoutes.read, { headers, params: { policyId: policy.id } })
  expect(read).toMatchObject({ rolloutCount: 4, successCount: 2, failureCount: 1 })
  const overview = await ok(chiron, suiteRoutes.read, { headers, params: { suiteId: params.suiteId } })
  expect(overview.versions).toMatchObject([{ version: 1, rolloutCount: 3 }])
})

test('EVA-10 an erased rollout is gone from lists, counts and disk, and may come in anew', async () => {
  const { lab, headers, policy, body } = await withStreams()
  const { id } = await ok(chiron, rolloutRoutes.add, { headers, body })
  const before = await chiron.deps.blobs.list(lab.workspaceId)
  const params = { rolloutId: id }
  await ok(chiron, rolloutRoutes.erase, { headers, params })
  await ok(chiron, rolloutRoutes.erase, { headers, params })
  expect((await chiron.deps.blobs.list(lab.workspaceId)).length).toBe(before.length - 2)
  expect((await call(rolloutRoutes.read, { headers, params })).status).toBe(404)
  expect((await ok(chiron, rolloutRoutes.list, { headers })).items).toEqual([])
  const read = await ok(chiron, policyRoutes.read, { headers, params: { policyId: policy.id } })
  expect(read).toMatchObject({ rolloutCount: 0, successCount: 0 })
  const streams = [
    { ...body.streams?.[0], uploadId: await uploadOf(lab, goodClip()) },
    { ...body.streams?.[1], uploadId: await textUpload(lab, JOINTS) },
  ] as RolloutDraft['streams']
  const anew = await ok(chiron, rolloutRoutes.add, { headers, body: { ...body, streams } })
  expect(anew.id).not.toBe(id)
})

test('EVA-11 another workspace reaches and refers to nothing, and roles hold', async () => {
  const { lab, headers, params, policy, version, freeze, body } = await withStreams()
  const frozen = await freeze()
  const made = await ok(chiron, rolloutRoutes.add, { headers, body })
  const rival = await openArena(chiron)
  const theirs = rival.lab.headers('owner')
  const rolloutId = made.id
  const suiteId = params.suiteId
  const nothing = [
    call(policyRoutes.read, { headers: theirs, params: { policyId: policy.id } }),
    call(policyRoutes.addVersion, { headers: theirs, params: { policyId: policy.id }, body: { label: 'x' } }),
    call(suiteRoutes.read, { headers: theirs, params: { suiteId } }),
    call(suiteRoutes.readVersion, { headers: theirs, params }),
    call(suiteRoutes.signed, { headers: theirs, params }),
    call(suiteRoutes.coverage, { headers: theirs, params }),
    call(suiteRoutes.hardCases, { headers: theirs, params }),
    call(suiteRoutes.draftNext, { headers: theirs, params: { suiteId } }),
    call(suiteRoutes.change, { headers: theirs, params, body: { revision: 1, content: frozen.content } }),
    call(suiteRoutes.freeze, { headers: theirs, params, body: { revision: 1 } }),
    call(suiteRoutes.diff, { headers: theirs, params: { suiteId }, query: { from: 1, to: 1 } }),
    call(rolloutRoutes.read, { headers: theirs, params: { rolloutId } }),
    call(rolloutRoutes.erase, { headers: theirs, params: { rolloutId } }),
    call(rolloutRoutes.series, { headers: theirs, params: { rolloutId, name: 'state' } }),
    call(rolloutRoutes.add, {
      headers: theirs,
      body: { ...rival.rollout('y'), policyVersionId: version.id },
    }),
    call(rolloutRoutes.add, {
      headers: theirs,
      body: rival.rollout('z', { suiteId, suiteVersion: 1, scenarioKey: 'cup-bright' }),
    }),
    call(rolloutRoutes.add, {
      headers: theirs,
      body: rival.rollout('w', {
        streams: [{ name: 's', kind: 'trajectory', uploadId: await textUpload(lab, JOINTS) }],
      }),
    }),
  ]
  for (const [at, reply] of (await Promise.all(nothing)).entries())
    expect(reply.status, `case ${at}`).toBe(404)
  const bytes = await chiron.http.inject({ url: rolloutStreamPath(rolloutId, 'state'), headers: theirs })
  expect(bytes.statusCode).toBe(404)
  expect((await ok(chiron, rolloutRoutes.list, { headers: theirs })).items).toEqual([])
  expect(
    (await ok(chiron, rolloutRoutes.list, { headers: theirs, query: { policyId: policy.id } })).items,
  ).toEqual([])
  expect((await ok(chiron, embodimentRoutes.list, { headers: theirs })).items).toEqual([])
  // The same digest is another rollout there.
  expect(
    (await ok(chiron, rolloutRoutes.add, { headers: theirs, body: rival.rollout('first') })).id,
  ).not.toBe(rolloutId)
  for (const role of ['reviewer', 'auditor'] as const) {
    const seen = await ok(chiron, rolloutRoutes.read, { headers: lab.headers(role), params: { rolloutId } })
    expect(seen.id).toBe(rolloutId)
    for (const reply of [
      await call(rolloutRoutes.add, { headers: lab.headers(role), body }),
      await call(rolloutRoutes.erase, { headers: lab.headers(role), params: { rolloutId } }),
      await call(suiteRoutes.draftNext, { headers: lab.headers(role), params: { suiteId } }),
    ])
      expect(reply.status).toBe(403)
  }
  const worker = await lab.worker()
  for (const route of [rolloutRoutes.list, suiteRoutes.list, policyRoutes.list])
    expect((await call(route, { headers: worker.headers })).status).toBe(401)
})
