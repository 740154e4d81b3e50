import { embodimentModelPath, embodimentRoutes, policyRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { openArena, textUpload } from '../../testing/arena.ts'
import { ok } from '../../testing/loop.ts'
import { testChiron } from '../../testing.ts'

const chiron = await testChiron({ poolSize: 3 })
const { call } = chiron
const ARM = '<robot name="arm"><joint name="shoulder" type="revolute"/></robot>'

test('EVA-1 a policy by name and a version by label are made once', async () => {
  const { headers, policy, version } = await openArena(chiron)
  const again = await ok(chiron, policyRoutes.create, { headers, body: { name: ' pi-zero ' } })
  expect(again).toMatchObject({ id: policy.id, versionCount: 1 })
  const params = { policyId: policy.id }
  const body = { label: 'v1', note: 'said later' }
  expect(await ok(chiron, policyRoutes.addVersion, { headers, params, body })).toMatchObject({
    id: version.id,
    note: '',
    policyName: 'pi-zero',
  })
  await ok(chiron, policyRoutes.addVersion, { headers, params, body: { label: 'v2' } })
  const read = await ok(chiron, policyRoutes.read, { headers, params })
  expect(read.versions.map((each: { label: string }) => each.label)).toEqual(['v2', 'v1'])
})

test('EVA-9 policies are paged newest first and found by typing', async () => {
  const { headers } = await openArena(chiron)
  for (const name of ['Alpha', 'beta', 'alphabet'])
    await ok(chiron, policyRoutes.create, { headers, body: { name } })
  const names = async (query: Record<string, string | number>) => {
    const { items, next } = await ok(chiron, policyRoutes.list, { headers, query })
    return { names: items.map(({ name }: { name: string }) => name), next }
  }
  const first = await names({ limit: 3 })
  expect(first.names).toEqual(['alphabet', 'beta', 'Alpha'])
  expect(await names({ limit: 3, after: first.next ?? '' })).toEqual({ names: ['pi-zero'], next: null })
  expect((await names({ search: 'ALPHA' })).names).toEqual(['alphabet', 'Alpha'])
  expect((await call(policyRoutes.list, { headers, query: { after: 'nonsense' } })).status).toBe(400)
})

test('EVA-2 a model is kept as it came, and what is none is refused with the line', async () => {
  const { lab, headers } = await openArena(chiron)
  const uploadId = await textUpload(lab, ARM, 'embodiment')
  const made = await ok(chiron, embodimentRoutes.create, { headers, body: { name: 'Arm', uploadId } })
  expect(made).toMatchObject({ format: 'urdf', modelName: 'arm', joints: ['shoulder'] })
  const file = await chiron.http.inject({ url: embodimentModelPath(made.id), headers })
  expect([file.statusCode, file.body, file.headers['content-type']]).toEqual([200, ARM, 'text/plain'])
  const create = async (name: string, text: string) =>
    call(embodimentRoutes.create, {
      headers,
      body: { name, uploadId: await textUpload(lab, text, 'embodiment') },
    })
  expect((await create('Arm', ARM)).body.id).toBe(made.id)
  expect((await create('Arm', ARM.replace('arm', 'leg'))).body.code).toBe('conflict')
  const broken = await create('Leg', '<robot name="x">\n<joint')
  expect(broken).toMatchObject({ status: 422, body: { code: 'malformed', facts: { row: 2 } } })
  const other = await textUpload(lab, ARM)
  expect(
    (await call(embodimentRoutes.create, { headers, body: { name: 'Q', uploadId: other } })).status,
  ).toBe(404)
  expect((await ok(chiron, embodimentRoutes.list, { headers })).items).toHaveLength(1)
})
