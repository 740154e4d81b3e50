import { useI18n } from '@chiron/ui'

/** '12 of 100' over a thin bar. */
export function PartOf({ part, whole }: { part: number; whole: number }) {
  const { t, number } = useI18n()
  return (
    <span class="part-of">
      <span class="part-of-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.min(1, whole > 0 ? part / whole : 0) * 100}%` }} />
      </span>
      <span class="figure">{t('ui.chart.of', { part: number(part), whole: number(whole) })}</span>
    </span>
  )
}
