import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ENVIRONMENT_GUIDE, environmentFaults } from './environment.ts'

const CONFIG = 'packages/server/src/platform/config.ts'
const config = {
  file: CONFIG,
  text: 'const environment = z.object({\n  PORT: z.int(),\n  HOST: z.string(),\n})\n',
}
const command = {
  file: 'apps/cli/src/a.ts',
  text: 'const url = process.env.CHIRON_URL ?? process.env.PATH\n',
}
const guide = '| variable | means |\n|---|---|\n| `PORT` | a |\n| `HOST` | b |\n| `CHIRON_URL` | c |\n'

const said = (sources = [config, command], text = guide): string[] =>
  environmentFaults(sources, text).map(({ file, line, message }) => `${file}:${line} ${message}`)

test('ENV-1 a variable that is read and not told in the guide is found where it is read', () => {
  expect(said()).toEqual([])
  expect(said([config, command], guide.replace('| `HOST` | b |\n', ''))).toEqual([
    `${CONFIG}:3 HOST has no row in ${ENVIRONMENT_GUIDE}`,
  ])
  expect(said([config, { ...command, text: '\nprocess.env.CHIRON_NEW' }, command])).toEqual([
    `apps/cli/src/a.ts:2 CHIRON_NEW has no row in ${ENVIRONMENT_GUIDE}`,
  ])
})

test('ENV-2 a row that nothing reads is found', () => {
  expect(said([config])).toEqual([`${ENVIRONMENT_GUIDE}:5 CHIRON_URL is read by nothing`])
})

test('ENV-1 the variables of the real configuration are seen', () => {
  const text = readFileSync(path.join(import.meta.dirname, '../..', CONFIG), 'utf8')
  const names = environmentFaults([{ file: CONFIG, text }], '').map(({ message }) => message.split(' ')[0])
  expect(names).toEqual(expect.arrayContaining(['PORT', 'CHIRON_HOME', 'DATABASE_URL', 'MAX_UPLOAD_BYTES']))
})
