import { driftRoutes, reviewRoutes } from '@chiron/contract'
import { BottomBar, Icon, KeyHelp, KeyHint, Rail, type RailItem, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useAsk } from '../data/queries.ts'
import { useMay, useMember } from './me.ts'
import { Palette } from './Palette.tsx'
import { paths } from './paths.ts'

/** Rail and page; palette and key help wait behind their keys. */
export function Shell({ live, children }: { live: boolean; children: ComponentChildren }) {
  const { t } = useI18n()
  const [palette, setPalette] = useState(false)
  const items = useWays()
  return (
    <div class="shell">
      <a class="skip-link" href="#main">
        {t('shell.skip')}
      </a>
      <Rail
        label={t('shell.ways')}
        head={<RailHead onFind={() => setPalette(true)} />}
        items={items}
        foot={<WhoIsIn />}
      />
      <main class="shell-main" id="main" tabIndex={-1}>
        {!live && (
          <p class="stale-note" role="status">
            <Icon name="offline" size={16} />
            {t('shell.stale')}
          </p>
        )}
        {children}
      </main>
      <PhoneWays items={items} onMore={() => setPalette(true)} />
      <Palette open={palette} onOpen={setPalette} />
      <KeyHelp />
    </div>
  )
}

function RailHead({ onFind }: { onFind: () => void }) {
  const { t } = useI18n()
  const { workspace } = useMember()
  return (
    <>
      <a class="rail-workspace" href={paths.home} title={workspace.name}>
        <img src="/console/icon.svg" alt="" width={22} height={22} />
        <span class="clip-text">{workspace.name}</span>
      </a>
      <button type="button" class="rail-find" title={t('shell.find')} onClick={onFind}>
        <Icon name="search" size={16} />
        <span class="rail-find-text">{t('shell.find')}</span>
        <KeyHint keys="mod+k" />
      </button>
    </>
  )
}

function useWays(): RailItem[] {
  const { t } = useI18n()
  const { path } = useLocation()
  const may = useMay()
  const reviews = useAsk('reviews', reviewRoutes.list, { query: { state: 'open', limit: 200 } })
  const open = reviews.data?.total ?? reviews.data?.items.length ?? 0
  const alarms = useAsk('drift-count', driftRoutes.count).data?.openAlarmCount ?? 0
  const items: RailItem[] = [
    { href: paths.campaigns, label: t('ways.campaigns'), icon: 'campaign' },
    { href: paths.reviews(), label: t('ways.review'), icon: 'review', ...(open > 0 ? { count: open } : {}) },
    {
      href: paths.evaluate(),
      label: t('ways.evaluate'),
      icon: 'chart',
      ...(alarms > 0 ? { count: alarms } : {}),
    },
    { href: paths.datasets, label: t('ways.datasets'), icon: 'dataset' },
    { href: paths.people(), label: t('ways.people'), icon: 'people' },
    ...(may('pay.read') ? [{ href: paths.pay(), label: t('ways.pay'), icon: 'money' as const }] : []),
    { href: paths.log(), label: t('ways.log'), icon: 'log' },
    { href: paths.settings(), label: t('ways.settings'), icon: 'settings' },
  ]
  const inCampaigns = path === '/console' || path.startsWith(paths.episodes())
  return items.map((item) => ({
    ...item,
    current: path.startsWith(item.href) || (inCampaigns && item.href === paths.campaigns),
  }))
}

function WhoIsIn() {
  const { t } = useI18n()
  const { name, role } = useMember()
  return (
    <a class="who" href={paths.settings({ tab: 'you' })} title={`${name} · ${t(`role.${role}`)}`}>
      <Icon name="person" size={18} />
      <span class="who-words">
        <span class="clip-text" dir="auto">
          {name}
        </span>
        <span class="quiet">{t(`role.${role}`)}</span>
      </span>
    </a>
  )
}

const PHONE_WAYS = 3

/** On a narrow window the first ways stand at the bottom; the palette has the others. */
function PhoneWays({ items, onMore }: { items: RailItem[]; onMore: () => void }) {
  const { t } = useI18n()
  return (
    <div class="phone-ways">
      <BottomBar label={t('shell.ways')} items={items.slice(0, PHONE_WAYS)} />
      <button type="button" class="bottom-item" onClick={onMore}>
        <span class="bottom-icon">
          <Icon name="menu" size={22} />
        </span>
        <span>{t('shell.more')}</span>
      </button>
    </div>
  )
}
