import type { OutboxItem } from '@chiron/client/outbox'
import { Button, Icon, Meter, useI18n, useTimeLeft } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'
import { lazy, useLocation } from 'preact-iso'
import { isUnsent, isWaitingForLink, theOutbox, useOutboxItems } from '../data/outbox.ts'
import { useOnline } from './use-online.ts'

const RemoveDialog = lazy(async () => (await import('./RemoveDialog.tsx')).RemoveDialog)

/** How long "all has left" stays after the last one left. */
const GONE_MS = 6_000

/** What is saved on this device and what has left it. Stays as long as anything is here only. */
export function OutboxBar() {
  const { t } = useI18n()
  const { path } = useLocation()
  const items = useOutboxItems()
  const unsent = items.filter(isUnsent)
  const allGone = useJustEmptied(unsent.length)
  useBadge(unsent.length)
  const refused = unsent.filter(({ state }) => state === 'refused')
  const held = unsent.filter(isWaitingForLink)
  const moving = unsent.filter((item) => item.state !== 'refused' && !isWaitingForLink(item))
  if (unsent.length === 0) {
    return allGone ? (
      <p class="notice notice-good" role="status">
        <Icon name="sent" size={18} />
        <span>{t('outbox.allSent')}</span>
      </p>
    ) : null
  }
  return (
    <section class="outbox" aria-label={t('outbox.label')}>
      {moving.length > 0 && <Moving items={moving} />}
      {held.length > 0 && <Held items={held} />}
      {refused.map((item) => (
        <Refused key={item.id} item={item} />
      ))}
      {path !== '/unsent' && (
        <a class="outbox-more" href="/unsent">
          {t('outbox.see')}
        </a>
      )}
    </section>
  )
}

function Moving({ items }: { items: OutboxItem[] }) {
  const { t, bytes } = useI18n()
  const online = useOnline()
  const total = items.reduce((sum, { totalBytes }) => sum + totalBytes, 0)
  const sent = items.reduce((sum, { sentBytes }) => sum + sentBytes, 0)
  const isTrying = online && items.some(({ state }) => state !== 'waiting')
  const ratio = total > 0 ? sent / total : 0
  const leftMs = useTimeLeft(isTrying && total > 0 ? ratio : null)
  const label = (
    <span class="outbox-label">
      <Icon name={isTrying ? 'upload' : 'saved'} size={18} />
      {t(isTrying ? 'outbox.leaving' : 'outbox.savedHere', { n: items.length })}
    </span>
  )
  // Answers alone weigh nothing: there is no part of them that has left.
  if (total === 0) return <p>{label}</p>
  return (
    <Meter
      tone={isTrying ? 'information' : 'attention'}
      label={label}
      ratio={ratio}
      leftMs={leftMs}
      valueText={t('outbox.bytes', { sent: bytes(sent), total: bytes(total) })}
    />
  )
}

/** Recordings that the person lets wait: how much it is, and a tap that sends it all the same. */
function Held({ items }: { items: OutboxItem[] }) {
  const { t, bytes } = useI18n()
  const total = items.reduce((sum, { totalBytes, sentBytes }) => sum + totalBytes - sentBytes, 0)
  const sendAll = () => Promise.all(items.map(({ id }) => theOutbox().retry(id)))
  return (
    <div class="outbox-refused">
      <Icon name="saved" size={18} />
      <div class="grow">
        <p>{t('outbox.held', { n: items.length })}</p>
        <div class="row">
          <Button size="touch" icon="upload" onClick={() => void sendAll()}>
            {t('outbox.sendNow', { size: bytes(total) })}
          </Button>
        </div>
      </div>
    </div>
  )
}

function Refused({ item }: { item: OutboxItem }) {
  const { t, has } = useI18n()
  const [asks, setAsks] = useState(false)
  const code = item.lastError?.code ?? 'unexpected'
  const why = has(`trouble.${code}`) ? t(`trouble.${code}`) : (item.lastError?.message ?? '')
  return (
    <div class="outbox-refused" role="alert">
      <Icon name="attention" size={18} />
      <div class="grow">
        <p>{t('outbox.refused')}</p>
        <p class="quiet">{why}</p>
        <div class="row">
          <Button size="touch" icon="refresh" onClick={() => void theOutbox().retry(item.id)}>
            {t('ui.action.retry')}
          </Button>
          <Button size="touch" kind="quiet" icon="trash" onClick={() => setAsks(true)}>
            {t('outbox.remove')}
          </Button>
        </div>
      </div>
      {asks && <RemoveDialog onClose={() => setAsks(false)} id={item.id} />}
    </div>
  )
}

function useJustEmptied(count: number): boolean {
  const [had, setHad] = useState(false)
  useEffect(() => {
    if (count > 0) {
      setHad(true)
      return
    }
    const timer = setTimeout(() => setHad(false), GONE_MS)
    return () => clearTimeout(timer)
  }, [count])
  return had && count === 0
}

type Badging = { setAppBadge?: (count: number) => Promise<void>; clearAppBadge?: () => Promise<void> }

/** The number on the installed app's icon: what has not left yet. */
function useBadge(count: number): void {
  useEffect(() => {
    const badging = navigator as Badging
    const done = count > 0 ? badging.setAppBadge?.(count) : badging.clearAppBadge?.()
    done?.catch(() => undefined)
  }, [count])
}
