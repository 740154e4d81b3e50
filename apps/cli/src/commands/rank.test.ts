import fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chiron } from '../testing.ts'

let work = ''
beforeAll(async () => {
  work = await fs.mkdtemp(path.join(tmpdir(), 'chiron-cli-rank-'))
})
afterAll(() => fs.rm(work, { recursive: true, force: true }))

async function fileOf(name: string, lines: readonly string[]): Promise<string> {
  const file = path.join(work, name)
  await fs.writeFile(file, `${lines.join('\n')}\n`)
  return file
}

const VOTES = [
  'a,b,left,ann',
  'a,b,left,bob',
  'b,a,right,ann',
  'b,c,left,ann',
  'b,c,tie,bob',
  'c,b,right,bob',
  'a,c,left,ann',
  'c,a,tie,bob',
]
const HEAD = 'left,right,winner,worker'

test('CLI-20 rank orders items, in words and as JSON, the same for rows in any order', async () => {
  const file = await fileOf('votes.csv', [HEAD, ...VOTES])
  const { code, out } = await chiron(['rank', file, '--ties', '--next', '2', '--attack'])
  expect(code).toBe(0)
  expect(out).toMatch(/1 +a +\d/)
  expect(out).toContain('8 comparisons, 2 ties.')
  expect(out).toContain('Show next:')
  expect(out).toMatch(/b over a: \d+ × “/)
  const options = ['--ties', '--raters', '--bootstrap', '20', '--until', '100', '--json']
  const json = await chiron(['rank', file, ...options])
  const result = JSON.parse(json.out)
  expect(result.items.map(({ item }: { item: string }) => item)).toEqual(['a', 'b', 'c'])
  expect(result).toMatchObject({ comparisonCount: 8, tieCount: 2, groupCount: 1 })
  expect(result.workers).toHaveLength(2)
  const turned = await fileOf('turned.csv', [HEAD, ...VOTES.toReversed()])
  expect((await chiron(['rank', turned, ...options])).out).toBe(json.out)
})

test('CLI-21 rank names malformed rows by line and prints nothing', async () => {
  const file = await fileOf('bad.csv', [HEAD, 'a,b,left,ann', 'a,b,LEFT,ann', 'a,a,tie,ann'])
  const { code, out, err } = await chiron(['rank', file])
  expect(code).toBe(1)
  expect(out).toBe('')
  expect(err).toContain(`${file}:3: `)
  expect(err).toContain(`${file}:4: `)
  const kept = await chiron(['rank', file, '--skip-malformed'])
  expect(kept.code).toBe(0)
  expect(kept.err).toContain('2 malformed rows left out')
  const plain = await fileOf('plain.csv', ['left,right,winner', 'a,b,left'])
  for (const [args, said] of [
    [[plain, '--raters'], '--raters needs the column worker'],
    [[plain, '--tasks'], '--tasks needs the column task'],
    [[plain, '--bootstrap', '1'], 'from 2 to'],
    [[await fileOf('none.csv', ['left,right,winner'])], 'holds no comparisons'],
    [['/nowhere.csv'], 'is not a file'],
  ] as const) {
    const found = await chiron(['rank', ...args])
    expect(found.err).toContain(said)
    expect(found.code).toBe(2)
  }
})

test('CLI-20 agreement gives alpha with its interval and the kappas', async () => {
  const answers = ['1,x,a', '1,y,a', '2,x,b', '2,y,b', '3,x,a', '3,y,b', '4,x,b', '4,y,b']
  const file = await fileOf('answers.csv', ['task,worker,label', ...answers])
  const { code, out } = await chiron(['agreement', file])
  expect(code).toBe(0)
  // Eight answers, three a: of 15 unlike pairs one is seen, so 1 − 7 · 1 / 15.
  expect(out).toContain('alpha (nominal): 0.5333 (95%: ')
  expect(out).toMatch(/x +y +0\.5000 +0\.7500 +4/)
  const json = JSON.parse((await chiron(['agreement', file, '--json'])).out)
  expect(json).toMatchObject({ alpha: { taskCount: 4, ratingCount: 8 }, fleiss: { taskCount: 4 } })
  const lone = await fileOf('lone.csv', ['task,worker,label', '1,x,a'])
  expect((await chiron(['agreement', lone])).out).toContain('alpha (nominal): unknown')
})

test('CLI-20 rank puts whole orders into one, and CLI-21 names what stands twice', async () => {
  const orders = ['r1,a,1', 'r1,b,2', 'r1,c,3', 'r2,b,1', 'r2,a,2', 'r3,a,1', 'r3,c,2']
  const file = await fileOf('orders.csv', ['ranking,item,position', ...orders])
  const { code, out } = await chiron(['rank', file, '--orders'])
  expect(code).toBe(0)
  expect(out).toMatch(/1 +a +\d.*\n *2 +b .*\n *3 +c /)
  expect(out).toContain('3 orders; this one agrees with 4 of their 5 pairs (no order agrees with more).')
  const json = JSON.parse((await chiron(['rank', file, '--orders', '--json'])).out)
  expect(json).toMatchObject({ isBest: true, pairCount: 5, items: [{ item: 'a', place: 1 }, {}, {}] })
  const twice = await fileOf('twice.csv', ['ranking,item,position', 'r1,a,1', 'r1,a,2', 'r1,b,x'])
  const bad = await chiron(['rank', twice, '--orders'])
  expect([bad.code, bad.out]).toEqual([1, ''])
  expect(bad.err).toContain(`${twice}:3: `)
  expect(bad.err).toContain(`${twice}:4: `)
  expect((await chiron(['rank', file, '--orders', '--ties'])).code).toBe(2)
})

test('CLI-20 agreement compares segments and points of every two workers', async () => {
  const spans = ['t,x,0,2,reach', 't,y,0,1,reach', 't,y,1,2,grasp', 'u,x,0,1,reach', 'u,y,0,1,reach']
  const segments = await fileOf('spans.csv', ['task,worker,start,end,label', ...spans])
  const found = await chiron(['agreement', segments, '--type', 'segments', '--tolerance', '0.2'])
  expect(found.code).toBe(0)
  // One of three labelled seconds in the first task (one is labelled twice), all of the second: (1/3 + 1) / 2.
  expect(found.out).toContain('two say the same: 0.6667 (95%: ')
  const points = await fileOf('points.csv', [
    'task,keypoint,worker,x,y',
    't,k,x,0,0',
    't,k,y,3,4',
    't,l,x,1,1',
  ])
  const apart = await chiron(['agreement', points, '--type', 'points', '--json'])
  expect(JSON.parse(apart.out)).toMatchObject({ measures: { distance: { mean: 5 } }, taskCount: 1 })
  expect((await chiron(['agreement', segments, '--type', 'segments', '--tolerance', 'far'])).code).toBe(2)
})

test('CLI-21 agreement names rows that are no numbers where it needs numbers', async () => {
  const file = await fileOf('words.csv', ['task,worker,label', '1,x,3', '1,y,many'])
  const { code, err, out } = await chiron(['agreement', file, '--level', 'interval'])
  expect(code).toBe(1)
  expect(err).toContain(`${file}:3: `)
  expect(out).toBe('')
  const signs = await fileOf('signs.csv', ['task,worker,label', '1,x,3', '1,y,-3'])
  expect((await chiron(['agreement', signs, '--level', 'ratio'])).code).toBe(2)
})
