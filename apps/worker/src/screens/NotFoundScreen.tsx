import { Button, EmptyState, useI18n } from '@chiron/ui'
import { Screen } from '../shell/Screen.tsx'

export function NotFoundScreen() {
  const { t } = useI18n()
  return (
    <Screen title={t('app.name')}>
      <EmptyState
        icon="search"
        title={t('notFound.title')}
        action={
          <Button kind="primary" size="touch" href="/">
            {t('notFound.action')}
          </Button>
        }
      >
        {t('notFound.text')}
      </EmptyState>
    </Screen>
  )
}
