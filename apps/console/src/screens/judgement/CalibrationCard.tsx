import type { Judgement } from '@chiron/contract'
import { Button, Card, EmptyState, useI18n } from '@chiron/ui'
import { CalibrationPlot } from '@chiron/ui/charts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'

/** Whether the answers are as often right as they are sure, by what members say is true. */
export function CalibrationCard({ judgement: { calibration, campaignId } }: { judgement: Judgement }) {
  const { t, percent } = useI18n()
  const may = useMay()
  if (!calibration) {
    return (
      <Card title={t('judgement.calibration')}>
        <EmptyState
          icon="check"
          title={t('judgement.calibrationNone')}
          action={
            may('gold.state') && (
              <Button kind="primary" href={paths.judgement(campaignId, { show: 'settled' })}>
                {t('judgement.stateSome')}
              </Button>
            )
          }
        >
          <p>{t('judgement.calibrationNoneText')}</p>
        </EmptyState>
      </Card>
    )
  }
  const { n, error, right, bins } = calibration
  return (
    <Card
      title={t('judgement.calibration')}
      aside={
        <a class="figure" href={paths.judgement(campaignId, { show: 'known' })}>
          {t('judgement.known', { n })}
        </a>
      }
    >
      <div class="stack stack-tight">
        <p>
          {t('judgement.calibrationWords', {
            right: percent(right.value),
            low: percent(right.low),
            high: percent(right.high),
            error: percent(error),
          })}
        </p>
        <CalibrationPlot
          label={t('judgement.calibration')}
          sureLabel={t('judgement.howSure')}
          rightLabel={t('judgement.howRight')}
          idealLabel={t('judgement.ideal')}
          points={bins.map((bin) => ({ confidence: bin.confidence, right: bin.right }))}
        />
        <p class="quiet">{t('judgement.calibrationKey')}</p>
      </div>
    </Card>
  )
}
