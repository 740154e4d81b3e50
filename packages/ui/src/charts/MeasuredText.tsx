import { useI18n } from '../i18n/context.tsx'
import { type ChartFormat, type Measured, useFormat } from './Interval.tsx'

/** '93% · n = 120', the interval read aloud and in the tooltip. */
export function MeasuredText({ measured, format }: { measured: Measured | null; format?: ChartFormat }) {
  const { t, number } = useI18n()
  const write = useFormat(format)
  if (!measured) return <span class="chart-value quiet">{t('ui.chart.noValue')}</span>
  const { value, low, high, n } = measured
  const interval =
    low === undefined || high === undefined
      ? undefined
      : t('ui.chart.interval', { value: write(value), low: write(low), high: write(high) })
  return (
    <span class="chart-value figure" title={interval}>
      {write(value)}
      <span class="quiet"> · {t('ui.chart.n', { n: number(n) })}</span>
      {interval && <span class="visually-hidden">{interval}</span>}
    </span>
  )
}
