import type { Rollout } from '@chiron/contract'
import { Tag, useI18n } from '@chiron/ui'

type OutcomeTagProps = { rollout: Pick<Rollout, 'success'> }

export const outcomeOf = ({ success }: Pick<Rollout, 'success'>): 'success' | 'failure' | 'unknown' =>
  success === null ? 'unknown' : success ? 'success' : 'failure'

/** How it ended, as told; unknown is not failure. */
export function OutcomeTag({ rollout }: OutcomeTagProps) {
  const { t } = useI18n()
  const outcome = outcomeOf(rollout)
  const tone = { success: 'good', failure: 'bad', unknown: 'neutral' } as const
  return (
    <Tag tone={tone[outcome]} {...(outcome === 'unknown' ? { icon: 'help' as const } : {})}>
      {t(`rollout.outcome.${outcome}`)}
    </Tag>
  )
}
