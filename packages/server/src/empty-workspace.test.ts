import {
  accountRoutes,
  campaignRoutes,
  consentRoutes,
  logRoutes,
  mediaRoutes,
  ontologyRoutes,
  payRoutes,
  type Route,
  releaseRoutes,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { expect, test } from 'vitest'
import { testChiron } from './testing.ts'

const chiron = await testChiron()

const NOUNS: Record<string, Route>[] = [
  accountRoutes,
  campaignRoutes,
  consentRoutes,
  logRoutes,
  mediaRoutes,
  ontologyRoutes,
  payRoutes,
  releaseRoutes,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
]
const lists = NOUNS.flatMap((routes) => Object.values(routes)).filter(
  ({ method, path, who }) => method === 'GET' && !path.includes(':') && who !== 'public',
)

test('every list of a workspace where nothing has happened is empty, not an error', async () => {
  const lab = await chiron.workspace()
  const worker = await lab.worker()
  expect(lists.length).toBeGreaterThan(15)
  for (const route of lists) {
    const headers = route.who === 'worker' ? worker.headers : lab.headers('owner')
    const { status, body } = await chiron.call(route, { headers })
    expect([route.path, status, body.message], route.path).toEqual([route.path, 200, undefined])
  }
})
