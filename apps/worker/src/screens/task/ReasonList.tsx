import { Button, Icon, useI18n } from '@chiron/ui'
import { momentText } from './moment-text.ts'
import type { ReasonWords } from './reason-words.ts'

type ReasonListProps = {
  reasons: readonly Pick<ReasonWords, 'id' | 'what' | 'hint' | 'momentMs'>[]
  /** Go and look at it; without it moments are not offered. */
  onMoment?: ((momentMs: number) => void) | undefined
}

/** What was not good, how to mend it, and the moment in the clip where it shows. */
export function ReasonList({ reasons, onMoment }: ReasonListProps) {
  const { t } = useI18n()
  return (
    <ul class="reasons">
      {reasons.map(({ id, what, hint, momentMs }) => (
        <li key={id} class="reason">
          <Icon name="attention" />
          <div class="grow">
            <strong dir="auto">{what}</strong>
            {hint && <p dir="auto">{hint}</p>}
            {momentMs !== null && onMoment && (
              <Button size="touch" icon="pin" onClick={() => onMoment(momentMs)}>
                {t('work.seeMoment', { time: momentText(momentMs) })}
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
