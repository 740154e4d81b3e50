import { PageHeader, Skeleton, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Trouble } from './Trouble.tsx'

type PageProps = {
  title: string
  above?: { label: string; href: string }
  aside?: ComponentChildren
  lead?: ComponentChildren
  actions?: ComponentChildren
  /** The page is as high as the window; what is inside scrolls. For tables. */
  fill?: boolean
  children: ComponentChildren
}

/** One screen's ground: the browser's title, the header, the content. */
export function Page({ title, above, aside, lead, actions, fill = false, children }: PageProps) {
  const { t } = useI18n()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div class={fill ? 'page page-fill' : 'page'}>
      <PageHeader title={title} above={above} aside={aside} lead={lead} actions={actions} />
      {children}
    </div>
  )
}

type LoadingProps = { title?: string; error: unknown; onRetry: () => void; above?: PageProps['above'] }

/** A screen whose content is on its way, or did not come. */
export function LoadingPage({ title, error, onRetry, above }: LoadingProps) {
  const { t } = useI18n()
  return (
    <Page title={title ?? t(error ? 'app.notShown' : 'app.loading')} above={above}>
      {error ? (
        <Trouble error={error} onRetry={onRetry} />
      ) : (
        <div class="stack" role="status" aria-label={t('app.loading')}>
          <Skeleton height={96} />
          <Skeleton lines={6} />
        </div>
      )}
    </Page>
  )
}
