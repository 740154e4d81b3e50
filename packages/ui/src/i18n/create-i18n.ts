import { type Messages as CompiledMessages, setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { directionOf } from './direction.ts'
import {
  formatBytes,
  formatDateTime,
  formatDuration,
  formatMoney,
  formatNumber,
  formatPercent,
  formatRelativeTime,
} from './formats.ts'

/** ICU message texts by key. */
export type Messages = Readonly<Record<string, string>>
export type MessageValues = Record<string, string | number | Date | null | undefined>

export type DateStyle = 'date' | 'time' | 'date-time'

/** Everything a component needs to speak one language: texts, direction, numbers. */
export type I18n = {
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  /** The text of a key, with ICU arguments and plurals filled in; the key itself when it is unknown. */
  t(key: string, values?: MessageValues): string
  has(key: string): boolean
  money(amountMinor: number | bigint, currency: string): string
  number(value: number, options?: Intl.NumberFormatOptions): string
  percent(ratio: number, fractionDigits?: number): string
  duration(durationMs: number): string
  bytes(byteCount: number): string
  dateTime(at: Date | string | number, style?: DateStyle): string
  relativeTime(at: Date | string | number, now: Date | number): string
}

/**
 * Makes the voice of one locale. `messages` are the app's ICU texts in that locale together with the
 * components' own (`loadComponentMessages`); a key that is absent shows itself. Texts that the build has not
 * compiled are compiled when first used.
 */
export function createI18n({ locale, messages }: { locale: string; messages: Messages }): I18n {
  const lingui = setupI18n({ locale, messages: { [locale]: messages as CompiledMessages } })
  lingui.setMessagesCompiler(compileMessage)
  return {
    locale,
    direction: directionOf(locale),
    t: (key, values) => lingui._(key, values ?? {}),
    has: (key) => key in messages,
    money: (amountMinor, currency) => formatMoney(amountMinor, currency, locale),
    number: (value, options) => formatNumber(value, locale, options),
    percent: (ratio, fractionDigits) => formatPercent(ratio, locale, fractionDigits),
    duration: (durationMs) => formatDuration(durationMs, locale),
    bytes: (byteCount) => formatBytes(byteCount, locale),
    dateTime: (at, style) => formatDateTime(at, locale, style),
    relativeTime: (at, now) => formatRelativeTime(at, now, locale),
  }
}
