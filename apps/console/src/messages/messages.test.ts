import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { KIND_NAMES } from '@chiron/core/kinds'
import { createI18n, loadComponentMessages, missingKeys } from '@chiron/ui'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../languages.ts'
import { ar } from './ar.ts'
import { en } from './en.ts'

const SOURCE = path.join(import.meta.dirname, '..')

/** What keeps a draft from publishing, and why a measure is as it is, come with English words of their own. */
const bringsEnglish = (key: string): boolean => /^(draftFault|measure)\./.test(key)

test('Arabic lacks nothing that English says, nor the other way round', () => {
  expect(missingKeys(en, ar)).toEqual([])
  expect(missingKeys(ar, en).filter((key) => !bringsEnglish(key))).toEqual([])
})

test('every key that a screen names has words in every language', async () => {
  for (const { code, load } of LANGUAGES) {
    const messages = { ...(await loadComponentMessages(code)), ...(await load()) }
    const { has } = createI18n({ locale: code, messages })
    expect(
      namedKeys().filter((key) => !has(key)),
      code,
    ).toEqual([])
  }
})

test('every kind of campaign has words wherever a screen names one by its kind', () => {
  const named = ['kind', 'unit', 'draft.payEach', 'draft.quota', 'factValue']
  for (const messages of [en, ar] as Readonly<Record<string, string>>[])
    expect(
      named.flatMap((key) => KIND_NAMES.map((kind) => `${key}.${kind}`).filter((each) => !messages[each])),
    ).toEqual([])
})

test('no words are kept that no screen could say', () => {
  const text = sources().join('\n')
  const unused = Object.keys(en).filter((key) => !text.includes(`'${key}'`) && !isComputed(text, key))
  expect(unused).toEqual([])
})

test('whatever the server records has words in the log', () => {
  const folder = path.join(SOURCE, '../../../packages/server/src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter((name) => /(?<!\.test)\.ts$/.test(name))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
  const recorded = texts.flatMap((text) =>
    [...text.matchAll(/\brecord\(\s*tx,\s*\w+,\s*'([^']+)'/g)].map(([, action = '']) => `action.${action}`),
  )
  expect(recorded.length).toBeGreaterThan(50)
  expect([...new Set(recorded)].filter((key) => !(key in en)).sort()).toEqual([])
})

/** Keys written out in full, `t('a.b')`. */
function namedKeys(): string[] {
  const found = sources().flatMap((text) => [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1]))
  return [...new Set(found)].filter((key): key is string => key !== undefined).sort()
}

/** A key made from parts, `t(`role.${role}`)`: everything before its first variable part is in the source. */
function isComputed(text: string, key: string): boolean {
  const parts = key.split('.')
  return (
    parts.some((_, at) => at > 0 && text.includes(`\`${parts.slice(0, at).join('.')}.\${`)) ||
    hyphenated(text, key)
  )
}

const hyphenated = (text: string, key: string): boolean => {
  const cut = key.indexOf('-')
  return cut > 0 && text.includes(`\`${key.slice(0, cut + 1)}\${`)
}

function sources(): string[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  const wanted = files.filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\./.test(name) && !/messages/.test(name),
  )
  return wanted.map((name) => readFileSync(path.join(SOURCE, name), 'utf8'))
}
