import { addPasskey, hasPasskeys } from '@chiron/client/passkeys'
import { accountRoutes } from '@chiron/contract'
import {
  Button,
  Card,
  chosenTheme,
  Field,
  keepTheme,
  Select,
  THEMES,
  type Theme,
  useI18n,
  useToast,
} from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { queryClient, refresh } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { useMember } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { LanguageSelect } from './LanguageSelect.tsx'

/** One's own things: passkey, language, light or dark, sign out. */
export function YouTab() {
  const { t } = useI18n()
  const { name, role, workspace } = useMember()
  const signOut = useAct(async () => {
    await client.call(accountRoutes.signOut)
    queryClient.clear()
    location.replace(paths.signIn)
  })
  return (
    <div class="grid you">
      <Card title={t('you.account')}>
        <div class="stack">
          <p>{t('you.who', { name, role: t(`role.${role}`), workspace: workspace.name })}</p>
          {signOut.error && <Trouble error={signOut.error} />}
          <div class="row">
            <Button busy={signOut.busy} onClick={() => void signOut.run()}>
              {t('you.signOut')}
            </Button>
          </div>
        </div>
      </Card>
      <PasskeyCard />
      <Card title={t('you.looks')}>
        <div class="stack">
          <LanguageSelect />
          <ThemeSelect />
        </div>
      </Card>
    </div>
  )
}

function PasskeyCard() {
  const { t } = useI18n()
  const toast = useToast()
  const { passkeyCount } = useMember()
  const add = useAct(async () => {
    await addPasskey(client)
    refresh('me')
    toast({ text: t('you.passkeyAdded'), tone: 'good' })
  })
  return (
    <Card title={t('you.passkeys')}>
      <div class="stack">
        <p>{t('you.passkeyCount', { n: passkeyCount })}</p>
        {add.error && <p class="field-error">{t('you.passkeyFailed')}</p>}
        {hasPasskeys() ? (
          <div class="row">
            <Button icon="key" busy={add.busy} onClick={() => void add.run()}>
              {t('you.passkeyAdd')}
            </Button>
          </div>
        ) : (
          <p class="quiet">{t('signIn.noPasskey')}</p>
        )}
      </div>
    </Card>
  )
}

function ThemeSelect() {
  const { t } = useI18n()
  const [theme, setTheme] = useState<Theme>(chosenTheme)
  return (
    <Field label={t('you.theme')}>
      <Select
        value={theme}
        onValue={(value) => {
          setTheme(value as Theme)
          keepTheme(value as Theme)
        }}
        options={THEMES.map((value) => ({ value, label: t(`you.theme.${value}`) }))}
      />
    </Field>
  )
}
