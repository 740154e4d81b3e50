import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { testChiron } from '../../testing.ts'
import { registerProblems } from './problems.ts'

const chiron = await testChiron()
const { http } = chiron

test('requests are counted by route, and only this machine is told', async () => {
  await http.inject({ url: '/healthz' })
  await http.inject({ url: '/healthz' })
  const told = await http.inject({ url: '/metrics' })
  expect(told.body).toMatch(/^chiron_http_requests_total\{method="GET",route="\/healthz",status="200"\} 2$/m)
  expect((await http.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(404)
  for (const remoteAddress of ['203.0.113.9', '127.0.0.1', '192.168.0.9']) {
    const headers = { 'x-forwarded-for': '127.0.0.1' }
    expect((await http.inject({ url: '/metrics', remoteAddress, headers })).statusCode).toBe(404)
  }
})

test('no stranger escapes the limit of requests by claiming to come from here', async () => {
  const limitOf = async (headers: Record<string, string>) =>
    (await http.inject({ url: '/healthz', remoteAddress: '203.0.113.8', headers })).headers[
      'x-ratelimit-remaining'
    ]
  const first = Number(await limitOf({}))
  expect(first).toBeGreaterThan(0)
  expect(Number(await limitOf({ 'x-forwarded-for': '127.0.0.1' }))).toBe(first - 1)
})

test('the interface describes itself as OpenAPI 3.1', async () => {
  const { openapi, paths } = (await http.inject({ url: '/openapi.json' })).json()
  expect(openapi).toBe('3.1.0')
  expect(paths['/api/members'].post.summary).toMatch(/^Add a member/)
  expect(Object.keys(paths).length).toBeGreaterThan(30)
})

test('a wrong field is named, an unknown path is told, a bug says nothing of itself', async () => {
  const wrong = await http.inject({
    method: 'POST',
    url: '/api/sign-in/pin',
    payload: { handle: 'a', pin: 'x' },
  })
  expect(wrong.statusCode).toBe(400)
  expect(wrong.json()).toMatchObject({ code: 'bad-input', facts: { faults: [{ field: 'pin' }] } })
  const nowhere = await http.inject({ url: '/api/nowhere?secret=1' })
  expect(nowhere.json()).toMatchObject({ code: 'not-found', message: 'There is nothing at /api/nowhere.' })
})

test('text that the database cannot keep is refused, named by its place, before anything is done', async () => {
  const lab = await chiron.workspace()
  const headers = lab.headers('owner')
  for (const bad of ['nul \u0000', 'half \ud800', '\udc00 half']) {
    const deep = { name: 'x', terms: [{ id: 'action.x', kind: 'action', label: { en: bad } }] }
    const inside = await http.inject({ method: 'POST', url: '/api/ontologies', headers, payload: deep })
    expect(inside.json()).toMatchObject({ code: 'bad-input', facts: { field: 'terms.0.label.en' } })
    const key = { id: 'action.x', kind: 'action', label: { [bad]: 'x' } }
    const asKey = await http.inject({
      method: 'POST',
      url: '/api/ontologies',
      headers,
      payload: { name: 'x', terms: [key] },
    })
    expect(asKey.statusCode).toBe(400)
  }
  const asked = await http.inject({ url: '/api/log?subjectId=a%00b', headers })
  expect(asked.json()).toMatchObject({ code: 'bad-input', facts: { field: 'subjectId' } })
  const whole = { name: 'Tea 🍵', role: 'auditor' }
  const fine = await http.inject({ method: 'POST', url: '/api/members', headers, payload: whole })
  expect(fine.json().member.name).toBe('Tea 🍵')
})

test('an id that is none, in a path that carries bytes, names nothing', async () => {
  const lab = await chiron.workspace()
  const worker = await lab.worker()
  for (const id of ['1', "x'--", 'null']) {
    for (const [url, headers] of [
      [`/api/episodes/${id}/video`, lab.headers('owner')],
      [`/api/episodes/${id}/poster`, lab.headers('owner')],
      [`/api/media/${id}`, lab.headers('owner')],
      [`/api/releases/${id}/files/x`, lab.headers('owner')],
      [`/api/worker/episodes/${id}/video`, worker.headers],
      [`/api/worker/leases/${id}/video`, worker.headers],
      [`/api/uploads/${id}`, worker.headers],
    ] as const) {
      const method = url.includes('uploads') ? 'HEAD' : 'GET'
      const reply = await http.inject({ method, url, headers: { ...headers, 'tus-resumable': '1.0.0' } })
      expect(reply.statusCode, url).toBe(404)
    }
  }
})

test('a database without room is told as that, not as a bug', async () => {
  const app = Fastify()
  registerProblems(app)
  app.get('/full', () => {
    throw Object.assign(new Error('could not extend file'), { code: '53100' })
  })
  const reply = await app.inject({ url: '/full' })
  expect(reply.statusCode).toBe(507)
  expect(reply.json()).toMatchObject({ code: 'disk-full', message: expect.stringMatching(/is full/) })
})
