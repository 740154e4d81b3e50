import { AppBar, BottomBar, IconButton, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useSubmissions } from '../data/queries.ts'
import { Balance } from './Balance.tsx'
import { Notices } from './Notices.tsx'

type ScreenProps = {
  title: string
  /** One step back. Screens without it are the four ways at the bottom. */
  back?: string
  /** Before anyone is signed in: no balance, no ways, no settings. */
  outside?: boolean
  /** The one thing to do, in the thumb's reach. */
  action?: ComponentChildren
  children: ComponentChildren
}

/** One screen: title and balance above, what is saved and what has left below it, the ways or the action at the bottom. */
export function Screen({ title, back, outside = false, action, children }: ScreenProps) {
  const { t } = useI18n()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div class="screen">
      <AppBar
        title={title}
        {...(back === undefined ? {} : { back: { href: back, label: t('app.back') } })}
        end={outside ? undefined : <BarEnd isTop={back === undefined} />}
      />
      {!outside && <Notices />}
      <main class="screen-body">{children}</main>
      {outside || back !== undefined ? (
        action
      ) : (
        <div class="screen-foot">
          {action}
          <Ways />
        </div>
      )}
    </div>
  )
}

function BarEnd({ isTop }: { isTop: boolean }) {
  const { t } = useI18n()
  return (
    <>
      <Balance />
      {isTop && <IconButton icon="settings" size="touch" label={t('settings.title')} href="/settings" />}
    </>
  )
}

/** The four ways of the app. */
function Ways() {
  const { t } = useI18n()
  const { path } = useLocation()
  const submissions = useSubmissions()
  const returned = submissions.data?.items.filter(({ state }) => state === 'returned').length ?? 0
  const items = [
    {
      href: '/',
      label: t('ways.work'),
      icon: 'inbox' as const,
      count: returned,
      countLabel: t('inbox.returned'),
    },
    { href: '/earnings', label: t('ways.earnings'), icon: 'money' as const },
    { href: '/data', label: t('ways.data'), icon: 'shield' as const },
    { href: '/help', label: t('ways.help'), icon: 'help' as const },
  ]
  return (
    <BottomBar
      label={t('ways.label')}
      items={items.map((item) => ({
        ...item,
        current: item.href === '/' ? path === '/' : path.startsWith(item.href),
      }))}
    />
  )
}
