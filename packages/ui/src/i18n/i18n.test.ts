import { expect, test } from 'vitest'
import {
  COMPONENT_LOCALES,
  createI18n,
  directionOf,
  formatBytes,
  formatClipTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelativeTime,
  loadComponentMessages,
  minorToDecimal,
  missingKeys,
  pickLocalized,
  wrongPluralForms,
} from '../index.ts'
import { catalogueModule, compiledMessages, namedThough } from './compiled-messages.ts'
import { messagesEn } from './messages-en.ts'

test.each(COMPONENT_LOCALES)('UI-3 the components speak %s as completely as English', async (locale) => {
  const messages = await loadComponentMessages(locale)
  expect(missingKeys(messagesEn, messages)).toEqual([])
  expect(missingKeys(messages, messagesEn)).toEqual([])
  expect(wrongPluralForms(messages, locale)).toEqual([])
})

test('UI-3 missingKeys names absent keys, lost arguments and unreadable texts', () => {
  const base = { a: 'A', b: '{n, plural, one {# clip of {name}} other {# clips}}', c: 'C {x}', d: 'D' }
  const other = { a: '', b: '{n, plural, other {# x}}', c: '{x, plural, one', d: 'D', extra: 'E' }
  expect(missingKeys(base, other)).toEqual(['a', 'b {name}', 'c (unreadable)'])
  expect(missingKeys(base, base)).toEqual([])
})

test('UI-3 wrongPluralForms names a form that a language has and a text has not, or the other way round', () => {
  const days = { days: '{n, plural, =0 {none} one {# day} other {# days}}', plain: 'Hello {name}' }
  expect(wrongPluralForms(days, 'en')).toEqual([])
  expect(wrongPluralForms(days, 'ar')).toEqual(
    ['few', 'many', 'two', 'zero'].map((form) => `days {n} ${form}`),
  )
  expect(wrongPluralForms(days, 'yo')).toEqual(['days {n} one'])
})

test('UI-11 a built app carries its texts compiled and no parser of them', async () => {
  const { load, resolveId } = compiledMessages()
  expect(resolveId('@lingui/message-utils/compileMessage')).toBeTruthy()
  const source = await load(new URL('./messages-ar.ts', import.meta.url).pathname)
  const { messagesAr } = await import(`data:text/javascript,${encodeURIComponent(source ?? '')}`)
  const arabic = createI18n({ locale: 'ar', messages: messagesAr })
  expect(arabic.t('ui.choose.answers', { n: 2 })).toBe('إجابتان')
  expect(arabic.t('ui.action.cancel')).toBe('إلغاء')
  expect(() => catalogueModule({ broken: { a: '{n, plural, one' } })).toThrow()
})

test('UI-11 a built app that names a text which it leaves out is no built app', () => {
  const without = /^ui\.(chart|table)\./
  const bundle = {
    app: {
      type: 'chunk',
      code: 't("ui.chart.n",{n}),t(`ui.action.cancel`),t(`ui.table.`+part)',
      moduleIds: [],
    },
    words: { type: 'chunk', code: '{"ui.table.rows":"x"}', moduleIds: ['/ui/src/i18n/messages-en.ts'] },
    style: { type: 'asset' },
  }
  expect(namedThough(without, bundle)).toEqual(['ui.chart.n', 'ui.table.'])
  expect(namedThough(/^ui\.qr\./, bundle)).toEqual([])
})

test('plurals follow the locale, and an unknown key shows itself', async () => {
  const english = createI18n({ locale: 'en', messages: messagesEn })
  expect(english.t('ui.table.rows', { n: 1 })).toBe('1 row')
  expect(english.t('ui.table.rows', { n: 50_000 })).toBe('50,000 rows')
  expect(english.t('no.such.key')).toBe('no.such.key')
  const arabic = createI18n({ locale: 'ar', messages: await loadComponentMessages('ar-EG') })
  expect(arabic.t('ui.choose.answers', { n: 2 })).toBe('إجابتان')
  expect(arabic.t('ui.choose.answers', { n: 3 })).toMatch(/إجابات$/)
  expect(arabic.t('ui.choose.answers', { n: 11 })).toMatch(/إجابة$/)
})

test('two locales side by side do not disturb one another', () => {
  const german = createI18n({ locale: 'de', messages: { hello: 'Hallo {name}' } })
  const english = createI18n({ locale: 'en', messages: { hello: 'Hello {name}' } })
  expect(german.t('hello', { name: 'Ada' })).toBe('Hallo Ada')
  expect(english.t('hello', { name: 'Ada' })).toBe('Hello Ada')
})

test('the direction comes from the script', () => {
  expect(['ar', 'he', 'fa-IR', 'ur', 'en', 'sw', 'pa-Arab', 'pa', '??'].map(directionOf)).toEqual([
    'rtl',
    'rtl',
    'rtl',
    'rtl',
    'ltr',
    'ltr',
    'rtl',
    'ltr',
    'ltr',
  ])
})

test('money is exact whole minor units with the digits of ISO 4217', () => {
  expect(formatMoney(123_456, 'USD', 'en')).toBe('$1,234.56')
  expect(formatMoney(500, 'JPY', 'en')).toBe('¥500')
  expect(formatMoney(1500, 'KWD', 'en')).toMatch(/1\.500$/)
  expect(formatMoney(-5, 'EUR', 'en')).toBe('-€0.05')
  expect(formatMoney(90_071_992_547_409_931n, 'USD', 'en')).toBe('$900,719,925,474,099.31')
  expect(minorToDecimal(-7n, 2)).toBe('-0.07')
  // Among Arabic words the sign stays beside its letters.
  expect(formatMoney(120, 'USD', 'ar')).toMatch(/^\u2066[^\u200f]*1\.20[^\u200f]*US\$\u2069$/)
})

test('a percentage and a number with a sign keep to themselves among right-to-left words', () => {
  expect(formatPercent(0.33, 'ar')).toBe('\u206633%\u2069')
  expect(formatNumber(-0.4, 'ar')).toBe('\u2066-0.4\u2069')
  expect([formatNumber(3, 'ar'), formatPercent(0.33, 'en'), formatNumber(-0.4, 'en')]).toEqual([
    '3',
    '33%',
    '-0.4',
  ])
})

test('durations, sizes and moments are told in few words, a number with its unit in one line', () => {
  const shown = (text: string): string => text.replaceAll('\u00a0', '_')
  const words = [1500, 42_000, 125_000, 3_600_000, 4_800_000, 90_000_000]
  expect(words.map((ms) => shown(formatDuration(ms, 'en')))).toEqual([
    '1.5_sec',
    '42_sec',
    '2_min 5_sec',
    '1_hr',
    '1_hr 20_min',
    '1_day 1_hr',
  ])
  expect([0, 999, 1500, 25_000_000, 999_999_999].map((size) => shown(formatBytes(size, 'en')))).toEqual([
    '0_bytes',
    '999_bytes',
    '1.5_kB',
    '25_MB',
    '1_GB',
  ])
  const now = Date.UTC(2026, 0, 10, 12)
  const ago = [10, 50, 200, 7200, 86_400 * 3, -86_400]
  expect(ago.map((seconds) => formatRelativeTime(now - seconds * 1000, now, 'en'))).toEqual([
    'now',
    '1 minute ago',
    '3 minutes ago',
    '2 hours ago',
    '3 days ago',
    'tomorrow',
  ])
  expect(formatClipTime(83_456)).toBe('1:23.456')
})

test('a localized text falls back on the language, English, then whatever there is', () => {
  expect(pickLocalized({ en: 'cup', ar: 'كوب' }, 'ar-MA')).toBe('كوب')
  expect(pickLocalized({ en: 'cup', ar: 'كوب' }, 'sw')).toBe('cup')
  expect(pickLocalized({ fr: 'tasse' }, 'sw')).toBe('tasse')
  expect(pickLocalized(undefined, 'en')).toBe('')
})
