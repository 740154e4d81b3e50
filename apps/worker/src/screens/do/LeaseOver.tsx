import { ActionBar, Button, EmptyState, useI18n } from '@chiron/ui'
import { Screen } from '../../shell/Screen.tsx'
import type { WhyOver } from './use-lease-over.ts'

/** A task that is no longer in hand: it was answered, or its time ran out and it may be taken up again. */
export function LeaseOver({ why }: { why: WhyOver }) {
  const { t } = useI18n()
  return (
    <Screen
      title={t('do.title')}
      back="/"
      action={
        <ActionBar>
          <Button kind="primary" size="touch" wide href="/">
            {t('over.again')}
          </Button>
        </ActionBar>
      }
    >
      {why === 'answered' ? (
        <EmptyState icon="saved" title={t('over.answered')}>
          {t('over.answeredText')}
        </EmptyState>
      ) : (
        <EmptyState icon="waiting" title={t('over.title')}>
          {t('over.text')}
        </EmptyState>
      )}
    </Screen>
  )
}
