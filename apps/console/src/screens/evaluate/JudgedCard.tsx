import type { RolloutDetail } from '@chiron/contract'
import { Button, Card, formatClipTime, useI18n } from '@chiron/ui'
import { useTermName } from '../../parts/term-name.ts'
import { paths } from '../../shell/paths.ts'
import { outcomeOf } from './OutcomeTag.tsx'

type JudgedCardProps = { rollout: RolloutDetail; onMoment: (momentMs: number) => void }

/** What people judged of a run, how sure they are, why and when it failed, and what was told before. */
export function JudgedCard({ rollout: { judged }, onMoment }: JudgedCardProps) {
  const { t, percent } = useI18n()
  const nameOf = useTermName()
  if (!judged) return null
  const { termId, probability, by, failureId, momentMs, told, campaignId } = judged
  const words = t(`verdict.words.${by === 'member' ? 'member' : 'consensus'}`, {
    label: nameOf(termId),
    probability: percent(probability),
  })
  return (
    <Card title={t('rollout.judged')}>
      <div class="stack stack-tight">
        <p>{words}</p>
        {failureId && <p>{t('rollout.judgedReason', { reason: nameOf(failureId) })}</p>}
        {momentMs !== null && (
          <span>
            <Button icon="pin" onClick={() => onMoment(momentMs)}>
              {t('rollout.judgedMoment', { time: formatClipTime(momentMs, 1) })}
            </Button>
          </span>
        )}
        <p class="quiet">
          {t('rollout.toldBefore', {
            outcome: t(`rollout.outcome.${outcomeOf(told)}`),
            reason: told.failureId ? nameOf(told.failureId) : '',
          })}{' '}
          <a href={paths.campaign(campaignId)}>{t('rollout.judgedIn')}</a>
        </p>
      </div>
    </Card>
  )
}
