import { Button, Icon, Meter, useI18n, useTimeLeft } from '@chiron/ui'
import { openEyes, useEyes } from './eyes.ts'

/** What the phone fetches to see hands and faces, how much of it is there, and what it then can do here. */
export function EyesNote() {
  const { t, bytes } = useI18n()
  const eyes = useEyes()
  const leftMs = useTimeLeft(eyes.state === 'fetching' ? eyes.share : null)
  switch (eyes.state) {
    case 'shut':
      return null
    case 'asks':
      return (
        <div class="eyes-note" role="status">
          <p>{t('eyes.asks', { size: bytes(eyes.bytes) })}</p>
          <Button size="touch" icon="download" onClick={() => void openEyes({ mayFetch: true })}>
            {t('eyes.fetch', { size: bytes(eyes.bytes) })}
          </Button>
        </div>
      )
    case 'fetching':
      return (
        <div class="eyes-note" role="status">
          <Meter label={t('eyes.fetching', { size: bytes(eyes.bytes) })} ratio={eyes.share} leftMs={leftMs} />
        </div>
      )
    case 'opening':
      return (
        <p class="eyes-note quiet" role="status">
          {t('eyes.opening')}
        </p>
      )
    case 'open':
      return (
        <p class="eyes-note" role="status">
          <Icon name="eye" size={20} />
          <span>{t(`eyes.tier.${eyes.tier}`)}</span>
        </p>
      )
    case 'unable':
      return (
        <div class="eyes-note" role="status">
          <p>
            <Icon name="attention" size={20} />
            <span>{t(`eyes.unable.${eyes.why}`)}</span>
          </p>
          <Button size="touch" icon="refresh" onClick={() => void openEyes({ mayFetch: true })}>
            {t('ui.action.retry')}
          </Button>
        </div>
      )
  }
}
