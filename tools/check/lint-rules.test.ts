import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

const ROOT = path.resolve(import.meta.dirname, '../..')
const BIOME = path.join(ROOT, 'node_modules/@biomejs/biome/bin/biome')
const CORE = 'packages/core/src/kit'
const SERVER = 'packages/server/src/platform'

/** Breaking files: what they do, their text, the lint rule that must object. */
const NOT_IN_CORE = [
  ['Date.now', 'export const a = () => Date.now()', 'noJsRestrictedProperties'],
  [
    'a taken-out now',
    'export const a = () => {\n  const { now } = Date\n  return now()\n}',
    'noJsRestrictedProperties',
  ],
  ['new Date()', 'export const a = () => new Date()', 'plugin'],
  ['Date()', 'export const a = () => Date()', 'plugin'],
  ['Math.random', 'export const a = () => Math.random()', 'noJsRestrictedProperties'],
  ['performance', 'export const a = () => performance.now()', 'noRestrictedGlobals'],
  ['crypto', 'export const a = () => crypto.randomUUID()', 'noRestrictedGlobals'],
  ['localeCompare', "export const a = () => 'a'.localeCompare('b')", 'noJsRestrictedProperties'],
  ['fetch', "export const a = () => fetch('x')", 'noRestrictedGlobals'],
] as const

const NOWHERE = [
  ['any', 'export const a = (b: any) => b', 'noExplicitAny'],
  ['default exports', 'export default 1', 'noDefaultExport'],
  ['export *', "export * from './b.ts'", 'noReExportAll'],
  [
    'imports without their ending',
    "import { b } from './imported'\nexport const a = b",
    'useImportExtensions',
  ],
  ['forgotten promises', 'async function b() {}\nexport function a() {\n  b()\n}', 'noFloatingPromises'],
  ['the console', "export const a = () => console.log('x')", 'noConsole'],
  [
    'functions over 70 lines',
    `export function a() {\n${'  void 0\n'.repeat(71)}}`,
    'noExcessiveLinesPerFunction',
  ],
  ['files over 400 lines', 'export const a = 1\n'.repeat(401), 'noExcessiveLinesPerFile'],
  ['five parameters', 'export const a = (b: 1, c: 1, d: 1, e: 1, f: 1) => [b, c, d, e, f]', 'useMaxParams'],
  ['enums', 'export enum A {\n  B,\n}', 'noEnum'],
] as const

const GIVEN_TIME = 'export const a = (ms: number) => new Date(ms).toISOString()'

const house = mkdtempSync(path.join(tmpdir(), 'lint-'))
afterAll(() => rmSync(house, { recursive: true }))
const found = lintAll()

/** Lints every example in one go; the broken rules by file. */
function lintAll(): Map<string, string[]> {
  cpSync(path.join(ROOT, 'biome.json'), path.join(house, 'biome.json'))
  cpSync(path.join(ROOT, 'tools/lint'), path.join(house, 'tools/lint'), { recursive: true })
  write('.gitignore', '')
  write(`${SERVER}/imported.ts`, 'export const b = 1')
  write(`${CORE}/given-time.ts`, GIVEN_TIME)
  NOT_IN_CORE.forEach(([, text], index) => {
    write(`${CORE}/core-${index}.ts`, text)
    write(`${SERVER}/core-${index}.ts`, text)
  })
  NOWHERE.forEach(([, text], index) => {
    write(`${SERVER}/any-${index}.ts`, text)
  })
  const args = [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', 'packages']
  const lint = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' })
  expect(lint.stdout, lint.stderr).toContain('"diagnostics"')
  const { diagnostics } = JSON.parse(lint.stdout) as {
    diagnostics: { category: string; location: { path: unknown } }[]
  }
  const byFile = Map.groupBy(diagnostics, ({ location }) => fileOf(location.path))
  return new Map(
    [...byFile].map(([file, list]) => [file, list.map(({ category }) => category.split('/').at(-1)!)]),
  )
}

function fileOf(place: unknown): string {
  return typeof place === 'string' ? place : (place as { file: string }).file
}

function write(file: string, text: string): void {
  const full = path.join(house, file)
  mkdirSync(path.dirname(full), { recursive: true })
  writeFileSync(full, `${text}\n`)
}

function broken(file: string): string[] {
  const match = [...found].find(([name]) => name.endsWith(file))
  return match?.[1] ?? []
}

test.each(NOT_IN_CORE.map((each, index) => [...each, index] as const))(
  'LNT-1 core may not use %s; the server may',
  (_, __, rule, index) => {
    expect(broken(`${CORE}/core-${index}.ts`)).toContain(rule)
    expect(broken(`${SERVER}/core-${index}.ts`)).not.toContain(rule)
  },
)

test('LNT-2 a given time may be formatted in core', () => {
  expect(broken(`${CORE}/given-time.ts`)).toEqual([])
})

test.each(NOWHERE.map((each, index) => [...each, index] as const))(
  'LNT-3 %s are refused',
  (_, __, rule, index) => {
    expect(broken(`${SERVER}/any-${index}.ts`)).toContain(rule)
  },
)
