import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Instance, startInstance } from '../../../tests/instance.ts'
import { chiron } from './testing.ts'

let instance: Instance
let work = ''

beforeAll(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'chiron-cli-deployments-'))
  instance = await startInstance()
}, 180_000)

afterAll(async () => {
  await instance.stop()
  await fs.rm(work, { recursive: true, force: true })
})

test('CLI-32 of a file of outcomes the good lines come in, the others are named by line, and again nothing counts twice', async () => {
  const file = path.join(work, 'use.csv')
  await fs.writeFile(
    file,
    [
      'policy,task,place,at,success,success_count,failure_count,failure',
      'pi@a,towels,Lyon,2026-11-01,yes,,,',
      'pi@a,towels,Lyon,2026-11-01,yes,,,',
      'pi@b,towels,Lyon,2026-11-02T10:00:00Z,,40,2,failure.dropped',
      'pi@b,towels,Lyon,soon,yes,,,',
      'pi@b,towels,Lyon,2026-11-02,perhaps,,,',
      'pi@b,towels,Lyon,2026-11-02,,1.5,,',
      'pi@b,towels,Lyon,2026-11-02,yes,,,failure.dropped',
      'pi,towels,Lyon,2026-11-02,yes,,,',
    ].join('\n'),
  )
  const here = (...args: string[]) => chiron(args, { CHIRON_HOME: instance.home })
  const dry = await here('deployments', 'import', file, '--dry-run')
  expect([dry.code, dry.out]).toEqual([1, expect.stringContaining('4 of 8 lines can come in.')])
  const first = await here('deployments', 'import', file)
  expect(first.code).toBe(1)
  for (const told of [
    'use.csv, line 5: at is “soon”',
    'line 6: success is “perhaps”',
    'line 7: success_count is “1.5”',
    'line 8: Nothing failed, so there is no failure reason.',
    'line 9: policy is “pi”',
    '3 of 8 lines came in.',
  ])
    expect(first.out).toContain(told)
  const ids = async () => {
    const { out } = await here('deployments', 'import', file, '--json')
    return (JSON.parse(out) as { deploymentId?: string }[]).flatMap(({ deploymentId }) => deploymentId ?? [])
  }
  const [once, twice] = [await ids(), await ids()]
  expect(once).toEqual(twice)
  expect(new Set(once).size).toBe(3)
}, 120_000)
