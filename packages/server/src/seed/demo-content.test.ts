import { payRoutes, taskRoutes } from '@chiron/contract'
import { expect, test } from 'vitest'
import { read } from '../platform/tx.ts'
import { testChiron } from '../testing.ts'
import { seedDemoContent } from './demo-content.ts'

const chiron = await testChiron({ poolSize: 4 })

test('a demo workspace gets simulated clips and two open campaigns, once', async () => {
  const lab = await chiron.workspace()
  const worker = await lab.worker()
  const lines: string[] = []
  const first = await seedDemoContent(chiron.deps, lab.as('manager'), (line) => lines.push(line))
  expect(lines.at(-1)).toContain('5 simulated clips')
  await chiron.drain()
  expect(await seedDemoContent(chiron.deps, lab.as('manager'))).toEqual(first)
  await chiron.drain()
  const episodes = await read(lab.as('manager'), (tx) => tx.selectFrom('episode').selectAll().execute())
  expect(episodes.map(({ origin, worker_id, faults }) => [origin, worker_id, faults])).toEqual(
    Array.from({ length: 5 }, () => ['simulated', null, []]),
  )
  expect(episodes.every(({ state }) => state === 'checked' || state === 'accepted')).toBe(true)

  const inbox = await chiron.call(taskRoutes.inbox, { headers: worker.headers })
  const [judge, film] = inbox.body.offers
  expect(film).toMatchObject({ campaignId: first.filmCampaignId, kind: 'demonstrate', availableCount: 25 })
  expect(judge).toMatchObject({ campaignId: first.judgeCampaignId, kind: 'choose', availableCount: 5 })
  const shown = await chiron.http.inject({ url: film!.exampleMediaUrl!, headers: worker.headers })
  expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'video/mp4'])
  for (const { campaignId } of inbox.body.offers) {
    const offer = await chiron.call(taskRoutes.readOffer, { params: { campaignId }, headers: worker.headers })
    expect(Object.keys(offer.body.briefs).sort()).toEqual(['ar', 'en', 'es', 'fil', 'hi', 'pt', 'yo'])
  }
  const pay = await chiron.call(payRoutes.overview, { headers: lab.headers('auditor') })
  expect(pay.body).toMatchObject({ sumsToZero: true, owed: [] })
  // 125 answers of 0.10 and 5% of them again as gold (7); 25 takes of 1.20; and a fifth more of both.
  expect(pay.body.escrow.map(({ heldMinor }) => heldMinor)).toEqual([1584, 3600])
}, 180_000)
