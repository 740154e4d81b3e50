import { CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'
import { testChiron } from '../../testing.ts'
import { openJobs } from './jobs.ts'

const chiron = await testChiron({ poolSize: 4 })

test('JOB-1 a job that a killed process had in hand is taken up again within half a minute', async () => {
  const { deps } = chiron
  const ran: string[] = []
  const definition = {
    name: 'pay.settle',
    run: async (_deps: unknown, { subjectId }: { subjectId: string }) => void ran.push(subjectId),
  }
  const order = { workspaceId: '', recordId: '', action: 'test.test', subjectId: 'orphan', facts: {} }
  await deps.jobs.enqueue('pay.settle', order, (text, values) =>
    deps.db.executeQuery(CompiledQuery.raw(text, values)),
  )
  // As a process leaves it that is killed: begun, and nobody sends its signs of life any more.
  await sql`update pgboss.job set state = 'active', started_on = now() - interval '15 seconds',
    heartbeat_on = now() - interval '15 seconds' where name = 'pay.settle'`.execute(deps.db)
  const other = await openJobs({ url: chiron.superuserUrl, queueNames: ['pay.settle'], log: deps.log })
  try {
    await other.work(deps, [definition], [])
    for (let waited = 0; ran.length === 0 && waited < 200; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
  } finally {
    await other.stop()
  }
  expect(ran).toEqual(['orphan'])
}, 60_000)

test('JOB-2 what waits is worked off without a pause in between', async () => {
  const { deps } = chiron
  const ran = new Set<string>()
  const definition = {
    name: 'pay.refund',
    run: async (_deps: unknown, { subjectId }: { subjectId: string }) => void ran.add(subjectId),
  }
  for (let count = 0; count < 60; count += 1) {
    const order = { workspaceId: '', recordId: '', action: 'test.test', subjectId: `${count}`, facts: {} }
    await deps.jobs.enqueue('pay.refund', order, (text, values) =>
      deps.db.executeQuery(CompiledQuery.raw(text, values)),
    )
  }
  const other = await openJobs({ url: chiron.superuserUrl, queueNames: ['pay.refund'], log: deps.log })
  try {
    await other.work(deps, [definition], [])
    // At one look each half second they would take thirty seconds.
    for (let waited = 0; ran.size < 60 && waited < 150; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 100))
  } finally {
    await other.stop()
  }
  expect(ran.size).toBe(60)
}, 60_000)
