import { useI18n } from '../i18n/context.tsx'
import type { Measured } from './Interval.tsx'
import { IntervalBar } from './IntervalBar.tsx'

const MEASURES = ['accuracy', 'consistency', 'coverage', 'replayability', 'provenance'] as const
export type QualityMeasure = (typeof MEASURES)[number]

type QualityBarsProps = {
  measures: Readonly<Record<QualityMeasure, Measured | null>>
  targets?: Readonly<Partial<Record<QualityMeasure, number>>>
  /** Where each figure's clips are. */
  hrefOf?: (measure: QualityMeasure) => string
}

/** The five measures of quality, each with its interval and n. */
export function QualityBars({ measures, targets, hrefOf }: QualityBarsProps) {
  const { t } = useI18n()
  return (
    <div class="chart">
      {MEASURES.map((measure) => (
        <IntervalBar
          key={measure}
          label={t(`ui.quality.${measure}`)}
          measured={measures[measure]}
          target={targets?.[measure]}
          href={hrefOf?.(measure)}
        />
      ))}
    </div>
  )
}
