import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chironInside as chiron } from './testing.ts'

let dir = ''
beforeAll(async () => {
  dir = await fs.mkdtemp(path.join(os.tmpdir(), 'chiron-crowd-'))
})
afterAll(() => fs.rm(dir, { recursive: true, force: true }))

async function file(name: string, text: string): Promise<string> {
  const place = path.join(dir, name)
  await fs.writeFile(place, text)
  return place
}

/** Three workers about forty tasks; the third is wrong on every fourth. */
function answersText(header = 'task,worker,label'): string {
  const rows = Array.from({ length: 40 }, (_, at) => {
    const label = at % 3 === 0 ? 'no' : 'yes'
    const other = label === 'no' ? 'yes' : 'no'
    return [`t${at},ann,${label}`, `t${at},bob,${label}`, `t${at},eve,${at % 4 === 0 ? other : label}`]
  })
  return `${header}\n${rows.flat().join('\n')}\n`
}

test('CLI-8 aggregate prints task, label and probability, sorted, and needs no server', async () => {
  const answers = await file('answers.csv', answersText())
  const { code, out, err } = await chiron(['aggregate', answers])
  expect(code).toBe(0)
  const lines = out.trim().split('\n')
  expect(lines[0]).toBe('task,label,probability')
  expect(lines).toHaveLength(41)
  expect(lines[1]).toMatch(/^t0,no,0\.\d{6}$/)
  expect(lines[2]).toMatch(/^t1,yes,0\.\d{6}$/)
  expect(err).toContain('120 answers of 3 workers about 40 tasks, by auto.')
})

test('CLI-8 every method answers; gold is held; --out and --json hold the same', async () => {
  const answers = await file('named.csv', answersText('item,who,said'))
  const gold = await file('gold.csv', 'task,label\nt0,yes\nt99,no\n')
  const columns = ['--columns', 'task=item,worker=who,label=said']
  for (const method of [
    'majority',
    'wawa',
    'one-coin',
    'dawid-skene',
    'pooled',
    'ibcc',
    'mace',
    'glad',
    'gold-first',
  ]) {
    const out = path.join(dir, `${method}.csv`)
    const args = ['aggregate', answers, ...columns, '--method', method, '--gold', gold, '--out', out]
    const { code, out: printed, err } = await chiron(args)
    expect(code, err).toBe(0)
    expect(printed).toBe('')
    expect(err).toContain('1 known tasks have no answers')
    expect((await fs.readFile(out, 'utf8')).split('\n')[1]).toBe('t0,yes,1.000000')
  }
  const { out } = await chiron(['aggregate', answers, ...columns, '--json'])
  const { tasks, workers, method } = JSON.parse(out)
  expect(method).toBe('auto')
  expect(tasks[1]).toMatchObject({ task: 't1', label: 'yes', posterior: { yes: tasks[1].probability } })
  expect(workers.map(({ worker }: { worker: string }) => worker)).toEqual(['ann', 'bob', 'eve'])
  expect(workers[2].accuracy).toBeLessThan(workers[0].accuracy)
})

test('CLI-9 malformed rows are named by line and nothing is written; on request they are left out', async () => {
  const answers = await file('broken.csv', 'task,worker,label\nt1,ann,yes\nt1,bob\nt2,,no\nt2,bob,no\n')
  const refused = await chiron(['aggregate', answers])
  expect(refused.code).toBe(1)
  expect(refused.out).toBe('')
  expect(refused.err).toContain('broken.csv:3: 2 fields where the header has 3')
  expect(refused.err).toContain('broken.csv:4: no worker')
  const skipped = await chiron(['aggregate', answers, '--skip-malformed'])
  expect(skipped.code).toBe(0)
  expect(skipped.err).toContain('2 malformed rows left out')
  expect(skipped.out.trim().split('\n')).toHaveLength(3)
  const headless = await chiron(['aggregate', await file('headless.csv', 't1,ann,yes\n'), '--skip-malformed'])
  expect(headless.code).toBe(1)
  expect(headless.err).toContain('there is no column “task”')
})

test('CLI-9 what cannot be aggregated is wrong use, said in words', async () => {
  const answers = await file('fine.csv', answersText())
  for (const [args, said] of [
    [['aggregate', path.join(dir, 'nowhere.csv')], 'nowhere.csv is not a file'],
    [['aggregate', await file('empty.csv', 'task,worker,label\n')], 'holds no answers'],
    [['aggregate', answers, '--method', 'magic'], 'Allowed choices are auto'],
    [['aggregate', answers, '--method', 'gold-first'], 'give --gold FILE'],
    [['aggregate', answers, '--columns', 'job=item'], 'not “job=item”'],
    [['stop', await file('none.csv', 'task,label\nx,yes\n'), '--replay', answers], 'No task of'],
    [['stop', answers], "required option '--replay"],
    [['stop', answers, '--replay', answers, '--sure-at', '99'], 'between 0.5 and 1'],
  ] as const) {
    const { code, err, out } = await chiron(args)
    expect(err).toContain(said)
    expect(code, args.join(' ')).toBe(2)
    expect(out).toBe('')
  }
  const latin = path.join(dir, 'latin1.csv')
  await fs.writeFile(latin, Buffer.from('task,worker,label\nt,w,caf\xe9\n', 'latin1'))
  expect((await chiron(['aggregate', latin])).err).toContain('is not UTF-8')
})

test('CLI-8 stop replays a finished set: what is saved, at which accuracy, the same for the same seed', async () => {
  const rows = Array.from({ length: 60 }, (_, at) =>
    Array.from({ length: 8 }, (_, worker) => {
      const isWrong = (at * 7 + worker * 3) % 11 === 0
      return `t${at},w${worker},${(at % 2 === 0) === isWrong ? 'b' : 'a'}`
    }),
  ).flat()
  const answers = await file('many.csv', `task,worker,label\n${rows.join('\n')}\n`)
  const known = Array.from({ length: 60 }, (_, at) => `t${at},${at % 2 === 0 ? 'a' : 'b'}`)
  const truth = await file('truth.csv', `task,label\n${known.join('\n')}\n`)
  const args = ['stop', '--replay', answers, truth, '--orders', '2', '--seed', 's']
  const { code, out } = await chiron(args)
  expect(code).toBe(0)
  expect(out).toContain('all answers          480      8.00      100.00 %')
  expect(out).toMatch(/Saved: \d+\.\d % of the answers\./)
  expect(out).toContain('Fewer than 300 tasks')
  const first = await chiron([...args, '--json'])
  const second = await chiron([...args, '--json'])
  expect(first.out).toBe(second.out)
  expect(JSON.parse(first.out)).toMatchObject({ taskCount: 60, knownCount: 60, replays: [{}, {}] })
})

test('CLI-8 numbers, points and segments are aggregated by --type', async () => {
  const numbers = await file('numbers.csv', 'task,worker,label\na,u,1\na,v,2\na,w,3\nb,u,5\nb,v,5\nb,w,5\n')
  const numeric = await chiron(['aggregate', numbers, '--type', 'numeric'])
  expect(numeric.code, numeric.err).toBe(0)
  expect(numeric.out).toMatch(
    /^task,value,standard_error,answers\na,[12][\d.]*,[\d.]+,3\nb,5(\.\d+)?,[\d.]*,3\n$/,
  )
  const spots = ['u', 'v', 'w'].map((worker, at) => `t,wrist,${worker},${10 + at},${20 + at}`)
  const points = await file('points.csv', `task,keypoint,worker,x,y\n${spots.join('\n')}\n`)
  const placed = JSON.parse((await chiron(['aggregate', points, '--type', 'points', '--json'])).out)
  expect(placed.points[0]).toMatchObject({ task: 't', keypoint: 'wrist', answerCount: 3 })
  const spans = ['u,0,4', 'v,0,5', 'w,1,5'].map((row) => `t,${row},grasp`)
  const segments = await file('segments.csv', `task,worker,start,end,label\n${spans.join('\n')}\n`)
  const { out } = await chiron(['aggregate', segments, '--type', 'segments'])
  expect(out).toMatch(/^task,start,end,label,probability\nt,0,5,grasp,/)
  const wrong = await chiron(['aggregate', numbers, '--type', 'numeric', '--copiers'])
  expect(wrong.code).toBe(2)
})
