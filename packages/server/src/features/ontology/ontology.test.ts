import { ontologyRoutes } from '@chiron/contract'
import { starterOntology } from '@chiron/core/ontology'
import { expect, test } from 'vitest'
import { testChiron } from '../../testing.ts'
import { createOntology } from './create-ontology.ts'

const chiron = await testChiron({ poolSize: 3 })
const { call } = chiron
const cup = { id: 'object.cup', kind: 'object', label: { en: 'Cup' } } as const
const bowl = { id: 'object.bowl', kind: 'object', label: { en: 'Bowl', ar: 'وعاء' } } as const

async function labWithCup() {
  const lab = await chiron.workspace()
  const headers = lab.headers('manager')
  const made = await call(ontologyRoutes.create, { headers, body: { name: 'Kitchen', terms: [cup] } })
  return { lab, headers, ontologyId: made.body.ontologyId }
}

test('VOC-1 revising makes the next version and keeps the one before', async () => {
  const { headers, ontologyId } = await labWithCup()
  const revised = await call(ontologyRoutes.revise, {
    headers,
    params: { ontologyId },
    body: { terms: [cup, bowl] },
  })
  expect(revised.body).toMatchObject({ ontologyId, name: 'Kitchen', version: 2 })
  const read = async (version: number) =>
    (await call(ontologyRoutes.read, { headers, params: { ontologyId, version } })).body.terms
  expect(await read(1)).toEqual([cup])
  expect(await read(2)).toEqual([cup, bowl])
  const listed = await call(ontologyRoutes.list, { headers })
  expect(listed.body.items).toMatchObject([{ id: ontologyId, latestVersion: 2, termCount: 2 }])
})

test('VOC-1 the starter vocabulary fits', async () => {
  const lab = await chiron.workspace()
  const { name, terms } = starterOntology
  const made = await createOntology(lab.as('manager'), { name, terms: structuredClone(terms) as never })
  expect(made).toMatchObject({ name, version: 1 })
  expect(made.terms).toHaveLength(terms.length)
})

test('VOC-2 terms that do not fit are refused with each fault', async () => {
  const { headers, ontologyId } = await labWithCup()
  const orphan = { ...bowl, parent: 'object.container' }
  const refused = await call(ontologyRoutes.revise, {
    headers,
    params: { ontologyId },
    body: { terms: [cup, cup, orphan] },
  })
  expect(refused).toMatchObject({ status: 400, body: { code: 'bad-input' } })
  expect(refused.body.message).toMatch(/more than once.*|parent/)
  expect(refused.body.facts?.faults).toHaveLength(2)
  const listed = await call(ontologyRoutes.list, { headers })
  expect(listed.body.items[0]?.latestVersion).toBe(1)
})

test('VOC-3 who reads and who writes', async () => {
  const { lab, ontologyId } = await labWithCup()
  const [worker, other] = [await lab.worker(), await chiron.workspace()]
  const params = { ontologyId, version: 1 }
  expect((await call(ontologyRoutes.read, { params, headers: worker.headers })).body.terms).toEqual([cup])
  expect((await call(ontologyRoutes.read, { params, headers: lab.headers('auditor') })).status).toBe(200)
  expect((await call(ontologyRoutes.read, { params, headers: other.headers('owner') })).status).toBe(404)
  const stranger = await other.worker()
  expect((await call(ontologyRoutes.read, { params, headers: stranger.headers })).status).toBe(404)
  const body = { name: 'x', terms: [cup] }
  expect((await call(ontologyRoutes.create, { body, headers: lab.headers('reviewer') })).status).toBe(403)
  const revise = { params, body, headers: other.headers('owner') }
  expect((await call(ontologyRoutes.revise, revise)).status).toBe(404)
})

test('VOC-4 of two who revise at once one is told', async () => {
  const { headers, ontologyId } = await labWithCup()
  const revise = () =>
    call(ontologyRoutes.revise, { headers, params: { ontologyId }, body: { terms: [cup, bowl] } })
  const replies = await Promise.all([revise(), revise(), revise()])
  const latest = await call(ontologyRoutes.list, { headers })
  const madeCount = replies.filter(({ status }) => status === 200).length
  expect(replies.every(({ status }) => status === 200 || status === 409)).toBe(true)
  expect(latest.body.items[0]?.latestVersion).toBe(1 + madeCount)
})
