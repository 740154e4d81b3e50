import { Button, EmptyState, useI18n } from '@chiron/ui'
import { Page } from '../shell/Page.tsx'
import { paths } from '../shell/paths.ts'

/** An address that names no screen. */
export function NotFoundScreen() {
  const { t } = useI18n()
  return (
    <Page title={t('notFound.title')}>
      <EmptyState
        icon="search"
        title={t('notFound.title')}
        action={<Button href={paths.campaigns}>{t('notFound.action')}</Button>}
      >
        <p>{t('notFound.text')}</p>
      </EmptyState>
    </Page>
  )
}
