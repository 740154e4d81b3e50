import { Button, useI18n } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'

type InstallEvent = Event & { prompt: () => Promise<unknown> }

let offered: InstallEvent | undefined
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offered = event as InstallEvent
})

/** iPhones forget what a site kept after seven idle days unless it is on the home screen: says so, and offers it. */
export function InstallHint() {
  const { t } = useI18n()
  const [event, setEvent] = useState(offered)
  useEffect(() => setEvent(offered), [])
  const isInstalled = matchMedia('(display-mode: standalone)').matches
  const isApple = /iPhone|iPad/.test(navigator.userAgent)
  if (isInstalled || (!event && !isApple)) return null
  return (
    <section class="hint">
      <p>{t(isApple ? 'install.apple' : 'install.text')}</p>
      {event && (
        <Button
          size="touch"
          icon="download"
          onClick={() => {
            void event.prompt()
            offered = undefined
            setEvent(undefined)
          }}
        >
          {t('install.action')}
        </Button>
      )}
    </section>
  )
}
