import type { Validity } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { PeriodPlot } from '@chiron/ui/charts'

/** Correlations and, below them by nature, the cost of a wrong order. */
const FIGURES = { min: -1, max: 1 }

/** The benchmark as it is now against each month's use: whether it still tells the truth. */
export function ValidityOverTime({ validity: { overTime } }: { validity: Validity }) {
  const { t, locale } = useI18n()
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const isDrawn = overTime.filter(({ pearson }) => pearson.value !== null).length > 1
  return (
    <Card title={t('validity.overTime')}>
      {isDrawn ? (
        <div class="stack">
          <PeriodPlot
            label={t('validity.overTime')}
            axis={FIGURES}
            periods={overTime.map(({ from }) => month.format(new Date(from)))}
            lines={(['pearson', 'spearman', 'mmrv'] as const).map((name) => ({
              id: name,
              label: t(`validity.${name}`),
              values: overTime.map((each) => each[name].value),
            }))}
          />
          <p class="quiet prose">{t('validity.overTimeWords')}</p>
        </div>
      ) : (
        <p class="quiet prose">{t('validity.overTimeNone')}</p>
      )}
    </Card>
  )
}
