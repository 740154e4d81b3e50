import '../../styles/task.css'
import { ActionBar, Button, CopyText, Icon, useI18n } from '@chiron/ui'
import { useMe } from '../../data/queries.ts'
import { InstallHint } from '../../shell/InstallHint.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { PasskeyButton } from '../settings/PasskeyButton.tsx'

/** Just joined: the name to come back with, and what happens here. */
export function WelcomeScreen() {
  const { t } = useI18n()
  const me = useMe().data
  if (me?.as !== 'worker') return null
  const points = [
    ['money', 'welcome.pay'],
    ['shield', 'welcome.data'],
    ['undo', 'welcome.stop'],
  ] as const
  return (
    <Screen
      title={t('app.name')}
      outside
      action={
        <ActionBar>
          <Button kind="primary" size="touch" wide href="/" iconAtEnd="arrow-forward">
            {t('welcome.go')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        <h2 class="brief-title">{t('welcome.title', { name: me.name })}</h2>
        <section class="handle-card">
          <p>{t('welcome.handle')}</p>
          <p class="handle" dir="ltr">
            {me.handle}
          </p>
          <CopyText text={me.handle} shown={t('ui.action.copy')} />
          <p class="quiet">{t('welcome.handleHint')}</p>
        </section>
        <ul class="consent-points">
          {points.map(([icon, key]) => (
            <li key={key} class="consent-point">
              <Icon name={icon} size={24} />
              <p>{t(key)}</p>
            </li>
          ))}
        </ul>
        <PasskeyButton />
        <InstallHint />
      </div>
    </Screen>
  )
}
