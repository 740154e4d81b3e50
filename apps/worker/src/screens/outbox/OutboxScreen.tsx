import type { OutboxItem } from '@chiron/client/outbox'
import { Button, EmptyState, Icon, useI18n } from '@chiron/ui'
import { isUnsent, useOutboxItems } from '../../data/outbox.ts'
import { InstallHint } from '../../shell/InstallHint.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { StorageSection } from '../settings/StorageSection.tsx'

/** Everything that is on this phone only, one by one, and what keeps it safe until it has left. */
export function OutboxScreen() {
  const { t } = useI18n()
  const unsent = useOutboxItems().filter(isUnsent)
  return (
    <Screen title={t('outbox.label')} back="/">
      {unsent.length === 0 ? (
        <EmptyState
          icon="sent"
          title={t('outbox.allSent')}
          action={
            <Button size="touch" href="/">
              {t('earnings.toWork')}
            </Button>
          }
        >
          {t('outbox.emptyText')}
        </EmptyState>
      ) : (
        <div class="stack">
          <p>{t('outbox.onlyHere')}</p>
          <ul class="waiting-list">
            {unsent.map((item) => (
              <Waiting key={item.id} item={item} />
            ))}
          </ul>
          <StorageSection />
          <InstallHint />
        </div>
      )}
    </Screen>
  )
}

function Waiting({ item }: { item: OutboxItem }) {
  const { t, has, bytes, relativeTime } = useI18n()
  const isRecording = item.takeFile !== undefined
  const size =
    item.totalBytes > 0
      ? t('outbox.bytes', { sent: bytes(item.sentBytes), total: bytes(item.totalBytes) })
      : undefined
  const code = item.state === 'refused' ? (item.lastError?.code ?? 'unexpected') : undefined
  return (
    <li class="waiting">
      <Icon name={isRecording ? 'video' : 'edit'} size={20} />
      <div class="grow">
        <p class="strong">{t(isRecording ? 'outbox.recording' : 'outbox.answer')}</p>
        <p class="quiet">{t('outbox.savedAt', { when: relativeTime(item.createdAt, Date.now()) })}</p>
        {size && <p class="quiet figure">{size}</p>}
        {code && <p>{t(has(`trouble.${code}`) ? `trouble.${code}` : 'trouble.unexpected')}</p>}
      </div>
    </li>
  )
}
