import { Button, Icon, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { keepForGood, useStorage } from '../../data/storage.ts'

/** Whether this phone keeps what has not left yet, how much room is left, and a way to make it keep. */
export function StorageSection() {
  const { t, bytes } = useI18n()
  const [state, look] = useStorage()
  const [isRefused, setRefused] = useState(false)
  if (state === undefined) return null
  const ask = async () => {
    setRefused(!(await keepForGood()))
    look()
  }
  return (
    <section class="stack">
      <h2 class="section-title">{t('storage.title')}</h2>
      <p class="row">
        <Icon name={state.isKept ? 'good' : 'attention'} size={18} />
        <span class="grow">{t(state.isKept ? 'storage.safe' : 'storage.unsafe')}</span>
      </p>
      {state.freeBytes !== undefined && (
        <p class="quiet">{t('storage.room', { free: bytes(state.freeBytes) })}</p>
      )}
      {!state.isKept && (
        <Button size="touch" icon="lock" onClick={() => void ask()}>
          {t('storage.keep')}
        </Button>
      )}
      {isRefused && <p role="status">{t('storage.refused')}</p>}
    </section>
  )
}
