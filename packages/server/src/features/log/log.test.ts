import { logRoutes } from '@chiron/contract'
import { isUuid } from '@chiron/core/kit'
import {
  consistencyProof,
  decodeEntryBundle,
  hashesNeeded,
  leafHash,
  openCheckpoint,
  treeRoot,
  verifyConsistency,
  verifyTlogProof,
} from '@chiron/core/log'
import pg from 'pg'
import { expect, test } from 'vitest'
import { type Ctx, systemCtx } from '../../platform/context.ts'
import { read } from '../../platform/tx.ts'
import { type TestWorkspace, testChiron } from '../../testing.ts'
import { join, makeInvite } from '../account/index.ts'
import { proveRecord } from './prove-record.ts'
import { sealAll, sealNow } from './seal.ts'
import { logSizes, readHashes, readTree } from './store.ts'
import { verifyLog } from './verify-log.ts'

const chiron = await testChiron({ poolSize: 8 })
const { call, deps } = chiron

const write = (ctx: Ctx) => makeInvite(ctx, { label: 'x', uses: 1, days: 1 })
const records = (lab: TestWorkspace) =>
  read(lab.as('owner'), (tx) =>
    tx
      .selectFrom('record')
      .selectAll()
      .where('workspace_id', '=', lab.workspaceId)
      .orderBy('leaf_index')
      .execute(),
  )
const status = async (lab: TestWorkspace) =>
  (await call(logRoutes.status, { headers: lab.headers('auditor') })).body

test('SEAL-1 records get places in order and a signed checkpoint', async () => {
  const lab = await chiron.workspace()
  await write(lab.as('manager'))
  const before = await status(lab)
  expect(before).toMatchObject({ unsealedCount: 0 })
  await write(lab.as('manager'))
  expect((await status(lab)).unsealedCount).toBe(1)
  await chiron.sweepAll()
  const after = await status(lab)
  expect(after).toMatchObject({ size: before.size + 1, unsealedCount: 0 })
  const rows = await records(lab)
  expect(rows.map(({ leaf_index }) => leaf_index)).toEqual(rows.map((_, at) => at))
  const opened = openCheckpoint(after.checkpoint, after.verifierKey)
  if (!opened.ok) throw new Error(opened.reason)
  expect(opened.checkpoint).toMatchObject({ origin: `localhost/log/${lab.slug}`, size: after.size })
  expect(Buffer.from(opened.checkpoint.root).toString('hex')).toBe(after.rootHex)
})

test('SEAL-2 writers and sealers at once keep one tree that only grows', async () => {
  const lab = await chiron.workspace()
  const ctx = lab.as('manager')
  const states: { size: number; root: Uint8Array }[] = []
  for (let round = 0; round < 6; round += 1) {
    const writers = Array.from({ length: 12 }, () => write(ctx))
    const sealers = Array.from({ length: 4 }, () => sealNow(ctx))
    await Promise.all([...writers, ...sealers])
    await sealNow(ctx)
    const { size, rootHex } = await status(lab)
    states.push({ size, root: Buffer.from(rootHex, 'hex') })
  }
  const rows = await records(lab)
  expect(rows.map(({ leaf_index }) => leaf_index)).toEqual(rows.map((_, at) => at))
  expect(rows.length).toBeGreaterThan(6 * 12)
  expect((await verifyLog(ctx)).faults).toEqual([])
  for (const [at, from] of states.slice(0, -1).entries()) {
    const to = states[at + 1] as (typeof states)[number]
    const make = (readHash: (level: number, index: number) => Uint8Array) =>
      consistencyProof(from.size, to.size, readHash)
    const proof = await read(ctx, async (tx) =>
      make(await readHashes(tx, lab.workspaceId, hashesNeeded(make))),
    )
    const claim = {
      size1: from.size,
      size2: to.size,
      root1: from.root,
      root2: to.root,
      proof,
    }
    expect(verifyConsistency(claim)).toBe(true)
  }
})

test('SEAL-3 entries hold ids and digests only', async () => {
  const lab = await chiron.workspace()
  const worker = await lab.worker('Zephyrine Unmistakable')
  await sealNow(lab.as('owner'))
  const entries = await read(lab.as('owner'), (tx) => tx.selectFrom('log_entry').select('entry').execute())
  expect(entries.length).toBeGreaterThan(3)
  for (const { entry } of entries) {
    const parsed = JSON.parse(entry)
    expect(Object.keys(parsed)).toEqual(['action', 'actor', 'at', 'factsDigest', 'id', 'subject'])
    expect(parsed.actor).toMatch(/^(system|(member|worker|key):[0-9a-f-]{36})$/)
    expect(isUuid(parsed.subject.split(':')[1])).toBe(true)
  }
  expect(JSON.stringify(entries)).not.toContain(worker.name.split(' ')[0])
})

/** What somebody with the superuser's rights can do to the files of a database. */
async function tamper(statement: string, values: unknown[]): Promise<void> {
  const url = chiron.superuserUrl
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const result = await client.query(statement, values)
  await client.end()
  expect(result.rowCount).toBe(1)
}

test.each([
  ['facts', `update record set facts = facts || '{"uses": 7}' where workspace_id = $1 and leaf_index = 4`],
  ['actor', `update record set actor_id = id::text where workspace_id = $1 and leaf_index = 4`],
  ['time', `update record set at = at + interval '1 second' where workspace_id = $1 and leaf_index = 4`],
  ['worker', `update record set worker_id = id where workspace_id = $1 and leaf_index = 4`],
  ['record', `delete from record where workspace_id = $1 and leaf_index = 4`],
  ['entry', `update log_entry set entry = entry || ' ' where workspace_id = $1 and leaf_index = 4`],
  ['hash', `update log_node set hash = sha256(hash) where workspace_id = $1 and level = 1 and index = 1`],
  ['size', `update log_tree set size = size - 1 where workspace_id = $1`],
  [
    'signature',
    `update log_tree set checkpoint = replace(checkpoint, 'localhost', 'localhosT') where workspace_id = $1`,
  ],
])('SEAL-4 a changed %s is found', async (_what, statement) => {
  const lab = await chiron.workspace()
  for (let time = 0; time < 3; time += 1) await write(lab.as('manager'))
  await sealNow(lab.as('owner'))
  const ask = { headers: lab.headers('auditor') }
  const sound = await call(logRoutes.verify, ask)
  expect(sound.body).toMatchObject({ holds: true, faults: [], rootHex: (await status(lab)).rootHex })
  await tamper(statement, [lab.workspaceId])
  const broken = await call(logRoutes.verify, ask)
  expect(broken.body.holds).toBe(false)
  expect(broken.body.faults.length).toBeGreaterThan(0)
  const changed = (await records(lab)).find(({ leaf_index }) => leaf_index === 4)
  const named = broken.body.faults.some(({ recordId }) => recordId === changed?.id)
  expect(named).toBe(/update record|log_entry/.test(statement))
})

test('SEAL-5 a proof verifies offline, for whoever it is about', async () => {
  const lab = await chiron.workspace()
  const [ann, ben] = [await lab.worker('Ann'), await lab.worker('Ben')]
  const joined = (await records(lab)).find((row) => row.worker_id === ann.workerId)
  const params = { recordId: joined?.id ?? '' }
  for (const headers of [lab.headers('auditor'), ann.headers]) {
    const { body } = await call(logRoutes.proof, { params, headers })
    const claim = {
      proofText: body.proof,
      entryBytes: Buffer.from(body.entry),
      verifierKey: body.verifierKey,
    }
    expect(verifyTlogProof(claim)).toMatchObject({ ok: true })
    expect(JSON.parse(body.entry)).toMatchObject({ id: joined?.id, action: 'worker.join' })
    const forged = { ...claim, entryBytes: Buffer.from(body.entry.replace('worker.join', 'worker.quit')) }
    expect(verifyTlogProof(forged)).toMatchObject({ ok: false })
  }
  const other = await chiron.workspace()
  for (const headers of [ben.headers, other.headers('owner')]) {
    expect((await call(logRoutes.proof, { params, headers })).status).toBe(404)
  }
  const proof = await proveRecord(lab.as('manager'), params.recordId)
  expect(proof.leafIndex).toBeGreaterThan(0)
})

test('SEAL-6 the root follows from the served tiles alone', async () => {
  const lab = await chiron.workspace()
  const ctx = lab.as('manager')
  await Promise.all(Array.from({ length: 300 }, () => write(ctx)))
  await sealNow(ctx)
  const { size, rootHex, checkpoint } = await status(lab)
  const get = (path: string, headers = lab.headers('auditor')) =>
    chiron.http.inject({ url: `/log/${lab.slug}/${path}`, headers })
  expect((await get('checkpoint')).body).toBe(checkpoint)
  const rest = `tile/entries/001.p/${size - 256}`
  const bundles = [await get('tile/entries/000'), await get(rest)]
  const entries = bundles.flatMap(({ rawPayload }) => decodeEntryBundle(rawPayload) ?? [])
  expect(entries).toHaveLength(size)
  expect(Buffer.from(treeRoot(entries.map(leafHash))).toString('hex')).toBe(rootHex)
  const tile = await get('tile/0/000')
  expect(tile.rawPayload).toHaveLength(256 * 32)
  expect(tile.rawPayload.subarray(0, 32)).toEqual(Buffer.from(leafHash(entries[0] as Uint8Array)))
  expect((await get('tile/0/002')).statusCode).toBe(404)
  expect((await get('tile/0/0')).statusCode).toBe(404)
  const other = await chiron.workspace()
  expect((await get('checkpoint', other.headers('owner'))).statusCode).toBe(404)
  expect((await get('checkpoint', {})).statusCode).toBe(401)
})

test('SEAL-7 the list is newest first, in pages, filtered', async () => {
  const lab = await chiron.workspace()
  await lab.worker()
  const headers = lab.headers('reviewer')
  const all = await call(logRoutes.list, { headers })
  expect(all.body.items.map(({ action }) => action)).toEqual([
    'worker.join',
    'invite.make',
    'member.add',
    'member.add',
    'member.add',
    'workspace.create',
  ])
  expect(all.body.items[0]?.actor).toMatchObject({ kind: 'worker', name: expect.stringMatching(/^p-/) })
  const first = await call(logRoutes.list, { headers, query: { limit: 4 } })
  const second = await call(logRoutes.list, { headers, query: { limit: 4, after: first.body.next ?? '' } })
  expect([...first.body.items, ...second.body.items]).toEqual(all.body.items)
  expect(second.body.next).toBeNull()
  const added = await call(logRoutes.list, { headers, query: { action: 'member.add' } })
  expect(added.body.items).toHaveLength(3)
  const about = await call(logRoutes.list, { headers, query: { subjectId: lab.memberId('auditor') } })
  expect(about.body.items.map(({ action }) => action)).toEqual(['member.add'])
  expect((await call(logRoutes.list, { headers: (await lab.worker()).headers })).status).toBe(401)
})

/** Listens as a browser does; `next()` waits for the next event. */
async function listen(url: string, headers: Record<string, string>) {
  const end = new AbortController()
  const reply = await fetch(url, { headers, signal: end.signal })
  const decoder = new TextDecoder()
  const reader = (reply.body as ReadableStream<Uint8Array>).getReader()
  let text = ''
  const next = async (): Promise<{ action: string; subjectId: string } | null> => {
    for (;;) {
      const match = /data: (.*)\n\n/.exec(text)
      if (match) {
        text = text.slice(match.index + match[0].length)
        return JSON.parse(match[1] ?? '')
      }
      const { done, value } = await reader.read()
      if (done) return null
      text += decoder.decode(value)
    }
  }
  return { status: reply.status, type: reply.headers.get('content-type'), next, close: () => end.abort() }
}

test('SEAL-8 live events reach members and the worker concerned, and end with the server', async () => {
  const live = await testChiron({ poolSize: 2 })
  const [lab, quiet] = [await live.workspace(), await live.workspace()]
  const [ann, ben] = [await lab.worker('Ann'), await lab.worker('Ben')]
  await live.sweepAll()
  const url = `${await live.http.listen({ port: 0, host: '127.0.0.1' })}/api/events`
  expect((await fetch(url)).status).toBe(401)
  const team = await listen(url, lab.headers('reviewer'))
  expect(team).toMatchObject({ status: 200, type: 'text/event-stream' })
  const own = await listen(url, { cookie: `${ann.headers.cookie}` })
  const foreign = await listen(url, quiet.headers('owner'))
  const there = await live.workspace()
  const invited = await makeInvite(there.as('manager'), { label: 'x', uses: 1, days: 1 })
  await join(ann.ctx, { code: invited.code, name: 'Ann', locale: 'en' })
  await write(lab.as('manager'))
  await live.sweepAll()
  expect(await team.next()).toMatchObject({ action: 'invite.make' })
  expect(await own.next()).toMatchObject({ action: 'worker.join', subjectId: ann.workerId })
  const other = await listen(url, ben.headers)
  const ends = Promise.all([team.next(), own.next(), foreign.next(), other.next()])
  await live.stop()
  expect(await ends).toEqual([null, null, null, null])
})

test('SEAL-8 nobody takes the places of all: the oldest of too many streams of one person ends', async () => {
  const live = await testChiron({ poolSize: 2 })
  const lab = await live.workspace()
  const ann = await lab.worker('Ann')
  await live.sweepAll()
  const url = `${await live.http.listen({ port: 0, host: '127.0.0.1' })}/api/events`
  const other = await listen(url, lab.headers('reviewer'))
  const first = await listen(url, ann.headers)
  const more = []
  for (let count = 0; count < 21; count += 1) more.push(await listen(url, ann.headers))
  expect(await first.next()).toBeNull()
  await write(lab.as('manager'))
  await live.sweepAll()
  expect(await other.next()).toMatchObject({ action: 'invite.make' })
  for (const stream of more) stream.close()
  await live.stop()
})

test('SEAL-9 a log that cannot be sealed does not keep the others waiting', async () => {
  const [broken, sound] = [await chiron.workspace(), await chiron.workspace()]
  await sealNow(broken.as('owner'))
  await tamper(`update log_tree set secret_wrapped = 'x' where workspace_id = $1`, [broken.workspaceId])
  await Promise.all([write(broken.as('manager')), write(sound.as('manager'))])
  await expect(sealAll(deps)).rejects.toThrow('could not be sealed')
  expect((await status(sound)).unsealedCount).toBe(0)
  const sizes = await logSizes(deps.db)
  const tree = await read(systemCtx(deps, 'x', sound.workspaceId), (tx) => readTree(tx, sound.workspaceId))
  expect(sizes.get(sound.workspaceId)).toBe(tree?.size)
})
