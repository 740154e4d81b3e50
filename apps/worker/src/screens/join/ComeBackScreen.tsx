import { hasPasskeys, signInByPasskey } from '@chiron/client/passkeys'
import { accountRoutes, type Me } from '@chiron/contract'
import { ActionBar, Button, Field, TextInput, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { forgetAll, queryClient } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { LanguageRow } from './LanguageRow.tsx'
import { PinField } from './PinField.tsx'

/** Back on another phone: by handle and PIN, or by a passkey. */
export function ComeBackScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const [handle, setHandle] = useState('')
  const [pin, setPin] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const enter = async (signIn: () => Promise<Me>) => {
    setBusy(true)
    setError(null)
    try {
      const me = await signIn()
      forgetAll()
      queryClient.setQueryData(['me'], me)
      route('/', true)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (handle.trim() === '' || pin.length !== 6 || busy) return
    void enter(() => client.call(accountRoutes.signInByPin, { body: { handle: handle.trim(), pin } }))
  }
  return (
    <form class="contents" onSubmit={submit} noValidate>
      <Screen
        title={t('comeBack.title')}
        outside
        back="/join"
        action={
          <ActionBar>
            {error ? <Trouble error={error} /> : null}
            <Button kind="primary" size="touch" wide type="submit" busy={busy}>
              {t('comeBack.enter')}
            </Button>
          </ActionBar>
        }
      >
        <div class="stack">
          <LanguageRow />
          <Field
            label={t('comeBack.handle')}
            hint={t('comeBack.handleHint')}
            error={asked && handle.trim() === '' ? t('comeBack.handleMissing') : null}
          >
            <TextInput
              value={handle}
              onValue={setHandle}
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
              dir="ltr"
            />
          </Field>
          <PinField pin={pin} onPin={setPin} asked={asked} autocomplete="current-password" />
          {hasPasskeys() && (
            <Button
              size="touch"
              icon="key"
              wide
              disabled={busy}
              onClick={() => void enter(() => signInByPasskey(client))}
            >
              {t('comeBack.passkey')}
            </Button>
          )}
          <p class="quiet">{t('comeBack.lost')}</p>
        </div>
      </Screen>
    </form>
  )
}
