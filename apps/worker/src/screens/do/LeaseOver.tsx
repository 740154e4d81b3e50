import { ActionBar, Button, EmptyState, useI18n } from '@chiron/ui'
import { Screen } from '../../shell/Screen.tsx'

/** The time for a task ran out before anything was made: nothing is lost, and it may be taken up again. */
export function LeaseOver() {
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
      <EmptyState icon="waiting" title={t('over.title')}>
        {t('over.text')}
      </EmptyState>
    </Screen>
  )
}
