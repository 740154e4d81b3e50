import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'
import { markedPure } from './pure-schemas.ts'

const marked = (code: string): string =>
  markedPure(code, parseSync('a.js', code).program.body as unknown as Parameters<typeof markedPure>[1])

test('what makes a schema at the top of a module is marked, and nothing else is changed', () => {
  const code = `import { z } from 'zod'
const times = z.array(z.number()).max(3).refine(ascending, 'times ascend')
export const a = z.object({ times }), limit = 5
export const kind = defineKind({ schema: a })
const other = zeal.object({})
export function read(value) { const inner = z.string(); return inner.parse(value) }
`
  expect(marked(code)).toBe(`import { z } from 'zod'
const times = /*#__PURE__*/ (() => z.array(z.number()).max(3).refine(ascending, 'times ascend'))()
export const a = /*#__PURE__*/ (() => z.object({ times }))(), limit = 5
export const kind = /*#__PURE__*/ (() => defineKind({ schema: a }))()
const other = zeal.object({})
export function read(value) { const inner = z.string(); return inner.parse(value) }
`)
  expect(marked('export const n = 1\n')).toBe('export const n = 1\n')
})
