import type { Judgement } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { IntervalBar } from '@chiron/ui/charts'
import { paths } from '../../shell/paths.ts'

const AXIS = { min: 0, max: 1 }
/** From here on one may draw tentative conclusions (Krippendorff 2004). */
const ENOUGH = 0.667

/** How far people agree beyond chance. */
export function AgreementCard({ judgement: { agreement, campaignId } }: { judgement: Judgement }) {
  const { t, number } = useI18n()
  return (
    <Card title={t('judgement.agreement')}>
      {agreement ? (
        <div class="stack stack-tight">
          <IntervalBar
            label={t('judgement.alpha')}
            axis={AXIS}
            format="number"
            target={ENOUGH}
            href={paths.judgement(campaignId, { show: 'all' })}
            measured={{
              value: agreement.alpha,
              n: agreement.taskCount,
              ...(agreement.low === null || agreement.high === null
                ? {}
                : { low: agreement.low, high: agreement.high }),
            }}
          />
          <p class="quiet">
            {t('judgement.alphaWords', {
              answers: number(agreement.answerCount),
              n: agreement.taskCount,
              enough: number(ENOUGH),
            })}
          </p>
        </div>
      ) : (
        <p class="quiet">{t('judgement.agreementNone')}</p>
      )}
    </Card>
  )
}
