import { directionOf } from './direction.ts'

/**
 * Numbers, money and times in a person's locale, by Intl alone.
 * Formatters are kept because making one costs far more than using it.
 */

/** ISO 4217 minor units that are not 2. Intl follows CLDR, which differs for some (IQD, LYD). */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
}

const kept = new Map<string, Intl.NumberFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const found = kept.get(key)
  if (found) return found
  const made = new Intl.NumberFormat(locale, options)
  kept.set(key, made)
  return made
}

/** Digits after the point of a currency (ISO 4217). */
export function minorDigitsOf(currency: string): number {
  return MINOR_DIGITS[currency] ?? 2
}

/** Whole minor units as a decimal text, exact at any size: (-1234n, 2) → '-12.34'. */
export function minorToDecimal(amountMinor: number | bigint, digits: number): string {
  const minor = BigInt(amountMinor)
  const sign = minor < 0n ? '-' : ''
  const text = (minor < 0n ? -minor : minor).toString().padStart(digits + 1, '0')
  if (digits === 0) return sign + text
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Money of `amountMinor` whole minor units (cents), exact, in the locale's manner. */
export function formatMoney(amountMinor: number | bigint, currency: string, locale: string): string {
  const digits = minorDigitsOf(currency)
  const format = numberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const text = format.format(minorToDecimal(amountMinor, digits) as Intl.StringNumericLiteral)
  return directionOf(locale) === 'rtl' ? leftToRight(text) : text
}

const MARKS = /[\u200e\u200f]/g

/** An amount among right-to-left words, held together: else `US$` comes out as `$US`. */
const leftToRight = (text: string): string => `\u2066${text.replace(MARKS, '')}\u2069`

/**
 * Signs and percents of right-to-left languages come with marks of direction that reach beyond them: the number behind
 * `33% · ` would be drawn into the same left-to-right run and come out before it.
 */
const heldTogether = (text: string): string => (text.search(MARKS) < 0 ? text : leftToRight(text))

export function formatNumber(value: number, locale: string, options: Intl.NumberFormatOptions = {}): string {
  return heldTogether(numberFormat(locale, options).format(value))
}

/** A ratio as a percentage: 0.934 → '93%'. */
export function formatPercent(ratio: number, locale: string, fractionDigits = 0): string {
  return formatNumber(ratio, locale, {
    style: 'percent',
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
  })
}

type DurationUnit = 'day' | 'hour' | 'minute' | 'second'

/** A number and its unit stay in one line. */
const together = (text: string): string => text.replaceAll(' ', '\u00a0')

function unitText(value: number, unit: DurationUnit, locale: string, fractionDigits = 0): string {
  const format = numberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: fractionDigits,
  })
  return together(format.format(value))
}

/**
 * How long something takes, in at most two units: '8 sec', '2 min 5 sec', '1 hr 20 min', '3 days'.
 * Below ten seconds tenths are shown.
 */
export function formatDuration(durationMs: number, locale: string): string {
  const seconds = Math.max(0, durationMs) / 1000
  if (seconds < 9.95) return unitText(seconds, 'second', locale, 1)
  const whole = Math.round(seconds)
  if (whole < 60) return unitText(whole, 'second', locale)
  if (whole < 3600) return twoUnits(whole, 60, ['minute', 'second'], locale)
  const minutes = Math.round(whole / 60)
  if (minutes < 1440) return twoUnits(minutes, 60, ['hour', 'minute'], locale)
  return twoUnits(Math.round(minutes / 60), 24, ['day', 'hour'], locale)
}

function twoUnits(
  whole: number,
  perBig: number,
  units: readonly [DurationUnit, DurationUnit],
  locale: string,
): string {
  const first = unitText(Math.floor(whole / perBig), units[0], locale)
  const rest = whole % perBig
  return rest === 0 ? first : `${first} ${unitText(rest, units[1], locale)}`
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte']

/** A size in decimal units, as phones and bills count it: 1_500_000 → '1.5 MB'. */
export function formatBytes(byteCount: number, locale: string): string {
  let value = Math.max(0, byteCount)
  let step = 0
  while (value >= 999.5 && step < BYTE_UNITS.length - 1) {
    value /= 1000
    step += 1
  }
  const format = numberFormat(locale, {
    style: 'unit',
    unit: BYTE_UNITS[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  })
  return together(format.format(value))
}

const DATE_STYLES = {
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
  'date-time': { dateStyle: 'medium', timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** A moment in the person's time zone and manner. */
export function formatDateTime(
  at: Date | string | number,
  locale: string,
  style: keyof typeof DATE_STYLES = 'date-time',
): string {
  return new Intl.DateTimeFormat(locale, DATE_STYLES[style]).format(new Date(at))
}

const RELATIVE_STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

/** A moment told from now: '3 minutes ago', 'in 2 days', 'now' within 45 seconds. */
export function formatRelativeTime(at: Date | string | number, now: Date | number, locale: string): string {
  const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  if (Math.abs(seconds) < 45) return format.format(0, 'second')
  const [unit, size] = RELATIVE_STEPS.find((step) => Math.abs(seconds) >= step[1]) ?? ['minute', 60]
  return format.format(Math.round(seconds / size) || Math.sign(seconds), unit)
}

/**
 * A place in a clip: 83_456 → '1:23.456', with one digit '1:23.4'. The same digits in every locale, as on a
 * film counter.
 */
export function formatClipTime(timeMs: number, digits: 1 | 3 = 3): string {
  const total = Math.max(0, Math.round(timeMs))
  const minutes = Math.floor(total / 60_000)
  const seconds = Math.floor((total % 60_000) / 1000)
  return `${minutes}:${String(seconds).padStart(2, '0')}.${String(total % 1000)
    .padStart(3, '0')
    .slice(0, digits)}`
}
