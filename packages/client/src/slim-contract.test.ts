import * as contract from '@chiron/contract'
import { expect, test } from 'vitest'
import { slimModule } from './slim-contract.ts'

type Slim = Record<string, Record<string, unknown>>

test('the contract in the bundle has every route, path and constant of the real one', async () => {
  const source = slimModule(contract)
  const slim = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as Slim
  expect(Object.keys(slim).sort()).toEqual(Object.keys(contract).sort())
  for (const [name, value] of Object.entries(contract)) {
    if (name.endsWith('Routes')) {
      for (const [route, { method, path }] of Object.entries(value as typeof contract.taskRoutes)) {
        expect(slim[name]![route], `${name}.${route}`).toEqual({ method, path })
      }
    } else if (typeof value === 'string' || typeof value === 'number') expect(slim[name]).toEqual(value)
  }
  const paths = slim.mediaPaths as unknown as typeof contract.mediaPaths
  expect(paths.ownVideo('x')).toBe(contract.mediaPaths.ownVideo('x'))
  expect(source.length).toBeLessThan(20_000)
})

test('a reply that explains nothing is still told from one that does', async () => {
  const slim = await import(
    `data:text/javascript,${encodeURIComponent(slimModule({ problem: contract.problem }))}`
  )
  expect(slim.problem.safeParse({ code: 'gone', message: '' }).success).toBe(true)
  for (const other of [null, undefined, 'text', { code: 'gone' }]) {
    expect(slim.problem.safeParse(other).success, JSON.stringify(other)).toBe(false)
  }
})
