import { expect, test } from 'vitest'
import { type Doors, importFaults } from './imports.ts'
import { parseSource } from './source.ts'

const doors: Doors = {
  '@chiron/core': { './*': './src/*/index.ts' },
  '@chiron/contract': { '.': './src/index.ts' },
  '@chiron/formats': { './*': './src/*/index.ts', './node': './src/node.ts' },
  '@chiron/server': { './main': './src/main.ts' },
  '@chiron/ui': { '.': './src/index.ts', './tokens.css': './src/tokens.css' },
  '@chiron/capture': { '.': './src/index.ts' },
  '@chiron/worker': {},
}

/** What the rules say about files given as name → text. */
function faultsOf(files: Record<string, string>): string[] {
  const sources = Object.entries(files).map(([file, text]) => parseSource(file, text))
  return importFaults(sources, doors).map(({ file, line, message }) => `${file}:${line} ${message}`)
}

function oneFault(file: string, text: string): string {
  const faults = faultsOf({ [file]: text })
  expect(faults).toHaveLength(1)
  return faults[0]!
}

const feature = (name: string) => `packages/server/src/features/${name}`

test('IMP-1 a house in order has no faults', () => {
  const faults = faultsOf({
    'packages/core/src/kit/sort.ts':
      "import { z } from 'zod'\nimport { sha256 } from '@noble/hashes/sha2.js'",
    'packages/core/src/kit/sort.test.ts':
      "import { readFileSync } from 'node:fs'\nimport { test } from 'vitest'",
    'packages/contract/src/task.ts': "import { id } from '@chiron/core/kit'",
    'packages/formats/src/node.ts': "import { open } from 'node:fs/promises'",
    [`${feature('task')}/claim-next.ts`]:
      "import { campaign } from '../campaign/index.ts'\nimport { write } from '../../platform/tx.ts'",
    [`${feature('task')}/store.ts`]: "import { sql } from 'kysely'\nexport const all = sql`select 1`",
    [`${feature('task')}/task.test.ts`]:
      "import pg from 'pg'\nimport { submission } from '../submission/index.ts'",
    'packages/server/src/features.ts': "import { task } from './features/task/index.ts'",
    'apps/worker/src/main.tsx':
      "import { Button } from '@chiron/ui'\nimport '@chiron/ui/tokens.css'\nimport { film } from '@chiron/capture'",
  })
  expect(faults).toEqual([])
})

test('IMP-2 core is pure: no Node, no other packages', () => {
  expect(oneFault('packages/core/src/kit/a.ts', "import { readFileSync } from 'node:fs'")).toContain('pure')
  expect(oneFault('packages/core/src/kit/a.ts', "export { pick } from 'lodash'")).toContain('pure')
  expect(oneFault('packages/contract/src/a.ts', "const f = await import('fastify')")).toContain('pure')
})

test('IMP-3 imports go inward only', () => {
  expect(oneFault('packages/core/src/kit/a.ts', "import type { Task } from '@chiron/contract'")).toContain(
    'no other package',
  )
  expect(oneFault('packages/contract/src/a.ts', "type Main = import('@chiron/server/main').Main")).toContain(
    'packages/contract may import core',
  )
  expect(oneFault('apps/console/src/a.ts', "import { film } from '@chiron/capture'")).toContain(
    'apps/console may import',
  )
  expect(oneFault('apps/worker/src/a.ts', "import { serve } from '@chiron/server/main'")).toContain(
    'apps/worker may import',
  )
})

test('IMP-4 another package is entered through what it exports', () => {
  expect(oneFault('packages/ui/src/a.ts', "import { x } from '../../core/src/kit/sort.ts'")).toContain(
    'by its name',
  )
  expect(
    oneFault('tests/e2e/a.test.ts', "import { x } from '../../packages/core/src/kit/sort.ts'"),
  ).toContain('by its name')
  expect(oneFault('packages/ui/src/a.ts', "import { x } from '@chiron/formats'")).toContain('no such door')
  expect(oneFault('packages/core/src/kit/a.ts', "import { x } from '@chiron/core/log'")).toContain(
    'its own files by path',
  )
})

test('IMP-5 browser rooms import nothing of Node', () => {
  expect(oneFault('packages/ui/src/a.ts', "import path from 'node:path'")).toContain('browsers')
  expect(oneFault('packages/formats/src/mcap/a.ts', "import { open } from 'node:fs/promises'")).toContain(
    'browsers',
  )
})

test('IMP-6 platform knows no product noun', () => {
  const fault = oneFault(
    'packages/server/src/platform/jobs/a.ts',
    "import type { Task } from '../../features/task/index.ts'",
  )
  expect(fault).toContain('platform imports nothing of the product')
})

test('IMP-7 an earlier feature never imports a later one, not even a type', () => {
  expect(oneFault(`${feature('task')}/a.ts`, "import type { P } from '../pay/index.ts'")).toContain(
    'task comes before pay',
  )
  expect(oneFault(`${feature('gossip')}/a.ts`, "import { may } from '../../platform/may.ts'")).toContain(
    'no place in the order',
  )
})

test('IMP-8 a feature is entered through its door', () => {
  expect(oneFault(`${feature('pay')}/a.ts`, "import { x } from '../task/store.ts'")).toContain(
    'task/index.ts',
  )
  expect(oneFault('packages/server/src/main.ts', "import { x } from './features/task/store.ts'")).toContain(
    'task/index.ts',
  )
  expect(oneFault(`${feature('pay')}/a.ts`, "import { features } from '../../features.ts'")).toContain(
    'imports platform',
  )
})

test('IMP-9 SQL is written in store.ts only', () => {
  expect(oneFault(`${feature('pay')}/post.ts`, "import type { Selectable } from 'kysely'")).toContain(
    'SQL belongs in store.ts',
  )
  expect(
    oneFault(`${feature('pay')}/post.ts`, "export const f = (tx) => tx.selectFrom('pay').execute()"),
  ).toContain('calls selectFrom')
  expect(oneFault(`${feature('pay')}/post.ts`, 'export const f = () => sql`select 1`')).toContain('calls sql')
})

test('IMP-10 no file imports itself at run time, by whatever way; types may', () => {
  const knot = {
    'packages/ui/src/a.ts': "import { b } from './b.ts'",
    'packages/ui/src/b.ts': "import { a } from './a.ts'",
  }
  expect(faultsOf(knot)).toEqual([
    'packages/ui/src/a.ts:1 imports itself: packages/ui/src/a.ts → packages/ui/src/b.ts → packages/ui/src/a.ts',
  ])
  expect(faultsOf({ ...knot, 'packages/ui/src/b.ts': "import { type A } from './a.ts'" })).toEqual([])
})

test('IMP-11 names that name nothing are refused', () => {
  expect(oneFault('packages/ui/src/utils/a.ts', '')).toContain('"utils" names nothing')
  expect(oneFault('apps/worker/src/helpers.ts', '')).toContain('"helpers" names nothing')
})
