import type { Judgement } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { paths } from '../../shell/paths.ts'

/** What stopping early saved, how sure it has to be for that, and the gold among the answers. */
export function SavedCard({ judgement }: { judgement: Judgement }) {
  const { t, percent, number } = useI18n()
  const { saved, bar, answers, gold, settledCount, isCapped, campaignId } = judgement
  const all = answers.regular + answers.gold
  return (
    <Card title={t('judgement.saved')}>
      <div class="stack stack-tight">
        {saved ? (
          <p>
            <a class="judgement-figure figure" href={paths.judgement(campaignId, { show: 'settled' })}>
              {percent(saved.ratio)}
            </a>{' '}
            {t('judgement.savedWords', {
              bought: number(saved.boughtCount),
              most: number(saved.mostCount),
              n: settledCount,
            })}{' '}
            {isCapped && t('judgement.capped')}
          </p>
        ) : (
          <p class="quiet">{t('judgement.savedNone')}</p>
        )}
        {bar && (
          <p>
            {t(bar.now > bar.asked ? 'judgement.barRaised' : 'judgement.bar', {
              asked: percent(bar.asked),
              now: percent(bar.now, 1),
              changed: number(bar.changedCount),
              n: bar.auditCount,
            })}
          </p>
        )}
        <p>
          {answers.goldRatio === 0 && answers.gold === 0
            ? t('judgement.goldOff')
            : t('judgement.gold', {
                asked: percent(answers.goldRatio),
                gold: number(answers.gold),
                all: number(all),
              })}{' '}
          {/* It begins with a number, which would run together with the one before it. */}
          <bdi>
            <a href={paths.judgement(campaignId, { show: 'gold' })}>
              {t('judgement.goldReady', { n: gold.readyCount })}
            </a>
          </bdi>
        </p>
      </div>
    </Card>
  )
}
