import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FAULT_CODES } from '@chiron/core/episode'
import { TAKE_CRITERIA } from '@chiron/core/kinds'
import { type Messages, missingKeys, wrongPluralForms } from '@chiron/ui'
import { parseSync, Visitor } from 'oxc-parser'
import { expect, test } from 'vitest'
import { LANGUAGES } from '../languages.ts'
import { CALIBRATE_WORDS } from '../screens/calibrate/calibrate-words.ts'
import { SENSES } from '../screens/do/coach-words.ts'
import { TASK_WORDS } from '../task-words.ts'
import { en as calibrateEn } from './calibrate/en.ts'
import { en as appEn } from './en.ts'
import { en as taskEn } from './task/en.ts'

/** All that the app can say, wherever it loads it from. */
const en: Messages = { ...appEn, ...taskEn, ...calibrateEn }
const all = async ({ code, load }: (typeof LANGUAGES)[number]) => ({
  ...(await load()),
  ...(await TASK_WORDS[code]!()),
  ...(await CALIBRATE_WORDS[code]!()),
})

const SOURCE = join(import.meta.dirname, '..')
const sources = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|^messages/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SOURCE, name), 'utf8') }))

test.each(LANGUAGES)(
  'UI-3 $name says everything, with the same arguments and its own plurals',
  async (language) => {
    const { code } = language
    const messages: Messages = await all(language)
    expect(missingKeys(en, messages)).toEqual([])
    expect(missingKeys(messages, en)).toEqual([])
    expect(wrongPluralForms(messages, code)).toEqual([])
  },
)

/** Names, and words that a language borrowed as they are. */
const SAME_EVERYWHERE = new Set(['app.name'])
const BORROWED: Readonly<Record<string, readonly string[]>> = {
  fil: ['earnings.what.bonus'],
  es: ['consent.no', 'consentState.refused'],
}

test.each(LANGUAGES.filter(({ code }) => code !== 'en'))(
  'UI-10 no text of $name is English',
  async (language) => {
    const { code } = language
    const messages: Messages = await all(language)
    const asInEnglish = Object.keys(en).filter(
      (key) => messages[key] === en[key] && !SAME_EVERYWHERE.has(key),
    )
    expect(asInEnglish.filter((key) => !BORROWED[code]?.includes(key))).toEqual([])
  },
)

test('a language that nobody who speaks it has read is marked, and only English is not', () => {
  expect(LANGUAGES.filter(({ isMachineMade }) => !isMachineMade).map(({ code }) => code)).toEqual(['en'])
  for (const { code } of LANGUAGES) expect(Intl.PluralRules.supportedLocalesOf(code), code).toEqual([code])
})

test('every key that a screen names is there, and nothing is there that no screen names', () => {
  const whole = new Set<string>()
  const patterns: RegExp[] = []
  for (const { text } of sources) {
    for (const [, , key] of text.matchAll(/(['"])([a-zA-Z]+(?:\.[a-zA-Z0-9-]+)+)\1/g)) whole.add(key!)
    for (const [, template] of text.matchAll(/`([a-zA-Z]+\.[^`\s/]*)`/g)) {
      patterns.push(new RegExp(`^${template!.replaceAll('.', '\\.').replace(/\$\{[^}]*\}/g, '.+')}$`))
    }
  }
  const isNamed = (key: string) => whole.has(key) || patterns.some((pattern) => pattern.test(key))
  expect(Object.keys(en).filter((key) => !isNamed(key))).toEqual([])
  const groups = new Set(Object.keys(en).map((key) => key.split('.')[0]))
  const asked = [...whole].filter((key) => groups.has(key.split('.')[0]) && !isFile(key))
  expect(asked.filter((key) => !(key in en))).toEqual([])
})

/** The screens that load more words than the first ones, and which. */
const MORE: readonly [where: RegExp, words: Messages][] = [
  [/^screens\/(do|calibrate)\//, taskEn],
  [/^screens\/calibrate\//, calibrateEn],
]

test.each(MORE)('words that come later (%s) are named by the screens they come with', (where, words) => {
  const groups = new Set(Object.keys(words).map((key) => key.split('.')[0]!))
  const outside = sources.filter(({ name }) => !where.test(name))
  const naming = new RegExp(`['"\`](?:${[...groups].join('|')})\\.(?=[a-zA-Z$])(?!tsx?\\b)`)
  expect(outside.filter(({ text }) => naming.test(text)).map(({ name }) => name)).toEqual([])
  expect(Object.keys(appEn).filter((key) => groups.has(key.split('.')[0]!))).toEqual([])
})

const isFile = (key: string) => /\.(ts|tsx|css|json)$/.test(key)

test('the viewfinder has few words for everything that can be wrong while filming', () => {
  const live = [...SENSES.flatMap(({ faults }) => faults), 'low-frame-rate', 'ready']
  for (const code of live) expect(en[`coach.${code}`], code).toBeTruthy()
  expect(live.filter((code) => code !== 'ready' && !FAULT_CODES.includes(code as never))).toEqual([])
  const words = Object.entries(en).filter(([key]) => key.startsWith('coach.'))
  for (const [key, text] of words) expect(text.split(' ').length, key).toBeLessThanOrEqual(6)
})

test('every published criterion that something may come back by has words of its own', () => {
  expect(TAKE_CRITERIA.filter(({ code }) => !en[`reason.${code}`])).toEqual([])
})

test('no screen has words of its own: all of them come from the messages', () => {
  const own = sources.flatMap(({ name, text }) =>
    name.endsWith('.tsx') ? wordsIn(name, text).map((words) => `${name}: ${words}`) : [],
  )
  expect(own).toEqual([])
})

const SPOKEN_ATTRIBUTES = /^(aria-label|label|title|placeholder|alt|hint|happened|lost|next|text)$/
/** What is the same in every language: an example of a code, of a handle. */
const WORDLESS = /^(ABCD-1234|amber-heron-42|[\s\d·–—:,./+%()-]*)$/

function wordsIn(name: string, text: string): string[] {
  const found: string[] = []
  const add = (words: string) => {
    if (/\p{L}/u.test(words) && !WORDLESS.test(words.trim())) found.push(words.trim())
  }
  const { program } = parseSync(name, text)
  new Visitor({
    JSXText: ({ value }) => add(value),
    JSXAttribute: ({ name: attribute, value }) => {
      const isSpoken = attribute.type === 'JSXIdentifier' && SPOKEN_ATTRIBUTES.test(attribute.name)
      if (isSpoken && value?.type === 'Literal' && typeof value.value === 'string') add(value.value)
    },
  }).visit(program)
  return found
}
