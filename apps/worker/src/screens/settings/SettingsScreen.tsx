import '../../styles/account.css'
import { accountRoutes } from '@chiron/contract'
import {
  Button,
  CopyText,
  chosenTheme,
  keepTheme,
  RadioGroup,
  THEMES,
  type Theme,
  useI18n,
  useLanguage,
} from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { refresh, useMe } from '../../data/queries.ts'
import { LANGUAGES } from '../../languages.ts'
import { chosenDataUse, DATA_USES, type DataUse, keepDataUse } from '../../shell/data-use.ts'
import { InstallHint } from '../../shell/InstallHint.tsx'
import { MachineMade } from '../../shell/MachineMade.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { ChangePin } from './ChangePin.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'
import { SignOut } from './SignOut.tsx'
import { StorageSection } from './StorageSection.tsx'

/** How the app speaks and looks, how much data it uses, and how one comes back. */
export function SettingsScreen() {
  const { t } = useI18n()
  const language = useLanguage()
  const me = useMe().data
  const [theme, setTheme] = useState(chosenTheme)
  const [dataUse, setDataUse] = useState(chosenDataUse)
  const speak = async (code: string) => {
    await language.choose(code)
    await client.call(accountRoutes.changeWorker, { body: { locale: code } }).catch(() => undefined)
    refresh('me')
  }
  return (
    <Screen title={t('settings.title')} back="/">
      <div class="stack settings">
        <section>
          <h2 class="section-title">{t('settings.language')}</h2>
          <RadioGroup
            label={t('settings.language')}
            options={LANGUAGES.map(({ code, name }) => ({ value: code, label: name }))}
            value={language.code}
            onValue={(code) => void speak(code)}
          />
          <MachineMade />
        </section>
        <section>
          <h2 class="section-title">{t('settings.dataUse')}</h2>
          <RadioGroup
            label={t('settings.dataUse')}
            options={DATA_USES.map((use) => ({
              value: use,
              label: t(`dataUse.${use}`),
              hint: t(`dataUse.${use}Hint`),
            }))}
            value={dataUse}
            onValue={(use) => {
              keepDataUse(use as DataUse)
              setDataUse(use as DataUse)
            }}
          />
        </section>
        <section>
          <h2 class="section-title">{t('settings.theme')}</h2>
          <RadioGroup
            label={t('settings.theme')}
            options={THEMES.map((each) => ({ value: each, label: t(`theme.${each}`) }))}
            value={theme}
            onValue={(chosen) => {
              keepTheme(chosen as Theme)
              setTheme(chosen as Theme)
            }}
          />
        </section>
        {me?.as === 'worker' && (
          <section class="stack">
            <h2 class="section-title">{t('settings.comeBack')}</h2>
            <p>
              {t('settings.handle')} <CopyText text={me.handle} />
            </p>
            <ChangePin />
            <p class="quiet">{t('settings.passkeys', { n: me.passkeyCount })}</p>
            <PasskeyButton />
            <p class="quiet">
              {t('settings.teams', { teams: me.workspaces.map(({ name }) => name).join(', ') })}
            </p>
            <Button size="touch" icon="plus" href="/join">
              {t('settings.joinTeam')}
            </Button>
          </section>
        )}
        <Button size="touch" icon="camera" href="/calibrate">
          {t('ready.measure')}
        </Button>
        <StorageSection />
        <InstallHint />
        <SignOut />
      </div>
    </Screen>
  )
}
