import { useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

/** The plain page for people who are not signed in. */
export function Outside({ title, children }: { title: string; children: ComponentChildren }) {
  const { t } = useI18n()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <main class="outside">
      <div class="outside-card stack">
        <p class="outside-brand">
          <img src="/console/icon.svg" alt="" width={28} height={28} />
          {t('app.name')}
        </p>
        <h1 class="page-title">{title}</h1>
        {children}
      </div>
    </main>
  )
}
