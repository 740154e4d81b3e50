import type { Judgement } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { paths } from '../../shell/paths.ts'

/** From here on one may draw tentative conclusions (Krippendorff 2004). */
const ENOUGH = 0.667

/** How far people agree beyond chance. */
export function AgreementCard({ judgement: { agreement, campaignId } }: { judgement: Judgement }) {
  const { t, number } = useI18n()
  return (
    <Card title={t('judgement.agreement')}>
      {agreement ? (
        <div class="stack stack-tight">
          <DotPlot
            label={t('judgement.agreement')}
            // Where people contradict each other it falls below what chance would give.
            axis={{ min: (agreement.low ?? agreement.alpha) < 0 ? -1 : 0, max: 1 }}
            format="number"
            reference={{ value: ENOUGH, label: t('judgement.enough') }}
            rows={[
              {
                id: 'alpha',
                label: t('judgement.alpha'),
                href: paths.judgement(campaignId, { show: 'all' }),
                measured: {
                  value: agreement.alpha,
                  n: agreement.taskCount,
                  ...(agreement.low === null || agreement.high === null
                    ? {}
                    : { low: agreement.low, high: agreement.high }),
                },
              },
            ]}
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
