import { useEffect, useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'

type MoneyProps = {
  /** Whole minor units (cents). */
  amountMinor: number | bigint
  currency: string
  /** Shows + on what comes in. */
  signed?: boolean
}

/** Money in the person's manner, figures aligned. */
export function Money({ amountMinor, currency, signed }: MoneyProps) {
  const { money } = useI18n()
  return (
    <span class="figure">
      {signed && amountMinor > 0 ? '+' : ''}
      {money(amountMinor, currency)}
    </span>
  )
}

/** How long, in at most two units. */
export function Duration({ ms }: { ms: number }) {
  const { duration } = useI18n()
  return <span class="figure">{duration(ms)}</span>
}

const REFRESH_MS = 30_000

/** When, told from now and kept fresh; the exact moment is its tooltip. */
export function RelativeTime({ at }: { at: Date | string | number }) {
  const { relativeTime, dateTime } = useI18n()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), REFRESH_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <time class="figure" dateTime={new Date(at).toISOString()} title={dateTime(at)}>
      {relativeTime(at, now)}
    </time>
  )
}

type PercentProps = {
  /** 0 to 1; null when nothing was measured. */
  ratio: number | null
  /** What it rests on; always shown. */
  n: number
  /** The interval's ends, 0 to 1. */
  interval?: readonly [number, number]
}

/** A share with what it rests on: '93% · n = 120 · between 87% and 96%'. */
export function Percent({ ratio, n, interval }: PercentProps) {
  const { t, percent, number } = useI18n()
  if (ratio === null) return <span class="quiet">{t('ui.chart.noValue')}</span>
  return (
    <span class="figure">
      {percent(ratio)}
      <span class="quiet">
        {' · '}
        {t('ui.chart.n', { n: number(n) })}
        {interval &&
          ` · ${t('ui.percent.interval', { low: percent(interval[0]), high: percent(interval[1]) })}`}
      </span>
    </span>
  )
}
