import { Button, Icon, Meter, useI18n, useTimeLeft } from '@chiron/ui'
import { BODY_BYTES, type BodyEyes, goWithoutBody, openBodyEyes, useBodyEyes } from './body-eyes.ts'

/** Where a task asks for the body: what is looked for, what that fetches, and that a film without it is as good. */
export function BodyNote() {
  const { t } = useI18n()
  const body = useBodyEyes(true)
  return (
    <div class="eyes-note">
      <p>
        <Icon name="eye" size={20} />
        <span>{t('ready.body')}</span>
      </p>
      <div role="status">
        <BodyState body={body} />
      </div>
    </div>
  )
}

function BodyState({ body }: { body: BodyEyes }) {
  const { t, bytes } = useI18n()
  const leftMs = useTimeLeft(body.state === 'fetching' ? body.share : null)
  switch (body.state) {
    case 'shut':
    case 'deciding':
      return null
    case 'asks':
      return (
        <>
          <p>{t('body.asks', { size: bytes(body.bytes) })}</p>
          <FetchBody size={body.bytes} />
          <GoWithout />
        </>
      )
    case 'fetching':
      return (
        <>
          <Meter label={t('body.fetching', { size: bytes(body.bytes) })} ratio={body.share} leftMs={leftMs} />
          <GoWithout />
        </>
      )
    case 'decided':
      if (!('absent' in body.order)) return null
      return (
        <>
          <p>{t(`body.absent.${body.order.absent}`)}</p>
          {body.order.absent === 'not-fetched' && <FetchBody size={BODY_BYTES} />}
        </>
      )
  }
}

function FetchBody({ size }: { size: number }) {
  const { t, bytes } = useI18n()
  return (
    <Button size="touch" icon="download" onClick={() => void openBodyEyes({ mayFetch: true })}>
      {t('eyes.fetch', { size: bytes(size) })}
    </Button>
  )
}

function GoWithout() {
  const { t } = useI18n()
  return (
    <Button size="touch" onClick={goWithoutBody}>
      {t('body.without')}
    </Button>
  )
}
