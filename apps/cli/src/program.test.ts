import { expect, test } from 'vitest'
import { chiron } from './testing.ts'

test('CLI-7 help lists every command with examples and exit codes', async () => {
  const { code, out } = await chiron(['help'])
  expect(code).toBe(0)
  for (const word of ['campaign', 'import', 'export', 'verify', 'Examples:', 'Exit codes:', '--server'])
    expect(out).toContain(word)
  expect((await chiron(['help', 'import', 'video'])).out).toMatch(
    /Usage: chiron import video .*<dir>[\s\S]*--rights/,
  )
  expect((await chiron(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('CLI-1 a wrong use ends with 2 and says what is wrong', async () => {
  for (const [args, said] of [
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['campaign', 'frob'], "unknown command 'frob'"],
    [['verify'], "missing required argument 'dir'"],
    [['verify', '/nowhere/at/all'], '/nowhere/at/all is not a folder'],
    [['import', 'video', '.'], "required option '--campaign"],
    [['campaign', 'list'], 'Which Chiron?'],
    [['campaign', 'list', '--server', 'http://127.0.0.1:1'], 'Give --key'],
    [['export', 'x', '--name', 'n', '--out', import.meta.dirname], 'is not empty'],
  ] as const) {
    const { code, err, out } = await chiron(args)
    expect(err).toContain(said)
    expect(code, args.join(' ')).toBe(2)
    expect(out).toBe('')
  }
})

test('CLI-2 --json stands anywhere and makes faults JSON too', async () => {
  for (const args of [
    ['--json', 'verify', '/nowhere/at/all'],
    ['verify', '/nowhere/at/all', '--json'],
    ['frobnicate', '--json'],
    ['campaign', '--json', 'list'],
  ]) {
    const { code, err } = await chiron(args)
    expect(code).toBe(2)
    expect(JSON.parse(err), args.join(' ')).toMatchObject({
      code: 'usage',
      exitCode: 2,
      message: expect.any(String),
    })
  }
})

test('CLI-1 a server that does not answer ends with 4', async () => {
  const there = ['--server', 'http://127.0.0.1:1', '--key', 'chk_none']
  const { code, err } = await chiron(['campaign', 'list', ...there])
  expect(err).toContain('no answer from http://127.0.0.1:1')
  expect(code).toBe(4)
  const json = await chiron(['campaign', 'list', '--json', ...there])
  expect(JSON.parse(json.err)).toMatchObject({ code: 'unreachable', exitCode: 4 })
})
