import { useEffect, useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { minorDigitsOf, minorToDecimal } from '../i18n/formats.ts'
import { useFieldNames } from './Field.tsx'
import { numberFromText } from './number-from-text.ts'

/** Far above any pay, far below where doubles lose cents. */
const MAX_AMOUNT_MINOR = 1e12

type MoneyInputProps = {
  /** Whole minor units (cents). */
  amountMinor: number | null
  onAmount: (amountMinor: number | null) => void
  currency: string
  id?: string
  disabled?: boolean
}

/** An amount of money, typed in the currency's units and handed on in whole minor units. */
export function MoneyInput({ amountMinor, onAmount, currency, ...rest }: MoneyInputProps) {
  const { locale } = useI18n()
  const digits = minorDigitsOf(currency)
  const shown = amountMinor === null ? '' : minorToDecimal(amountMinor, digits)
  const [text, setText] = useState(shown)
  useEffect(() => {
    if (minorFromText(text, digits) !== amountMinor) setText(shown)
  }, [amountMinor, digits])
  return (
    <span class="input-with-unit">
      <input
        class="input input-number"
        inputMode="decimal"
        autocomplete="off"
        dir="ltr"
        {...useFieldNames()}
        {...rest}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value)
          onAmount(minorFromText(event.currentTarget.value, digits))
        }}
        onBlur={() => setText(shown)}
      />
      <span class="input-unit" title={currencyName(currency, locale)}>
        {currency}
      </span>
    </span>
  )
}

function minorFromText(text: string, digits: number): number | null {
  const value = numberFromText(text)
  if (value === null || value < 0) return null
  const minor = Math.round(value * 10 ** digits)
  return minor <= MAX_AMOUNT_MINOR ? minor : null
}

function currencyName(currency: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'currency' }).of(currency) ?? currency
}
