import { accountRoutes } from '@chiron/contract'
import { ActionBar, Button, Field, Select, TextInput, useI18n } from '@chiron/ui'
import { useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { forgetAll, queryClient } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { countriesIn, likelyCountry } from './countries.ts'
import { LanguageRow } from './LanguageRow.tsx'
import { PinField } from './PinField.tsx'

type InvitedFormProps = { code: string; workspaceName: string }

/** Who one is: a name, and a country if one likes; a PIN to come back with. No mail, no password. */
export function InvitedForm({ code, workspaceName }: InvitedFormProps) {
  const { t, locale } = useI18n()
  const { route } = useLocation()
  const [name, setName] = useState('')
  const [country, setCountry] = useState(likelyCountry)
  const [pin, setPin] = useState('')
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const countries = useMemo(() => countriesIn(locale), [locale])
  const isReady = name.trim() !== '' && (pin === '' || /^\d{6}$/.test(pin))
  const join = async (event: Event) => {
    event.preventDefault()
    setAsked(true)
    if (!isReady || busy) return
    setBusy(true)
    setError(null)
    try {
      const body = {
        code,
        name: name.trim(),
        locale,
        ...(country ? { country } : {}),
        ...(pin ? { pin } : {}),
      }
      const me = await client.call(accountRoutes.join, { body })
      forgetAll()
      queryClient.setQueryData(['me'], me)
      void navigator.storage?.persist?.().catch(() => undefined)
      route('/welcome', true)
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form class="contents" onSubmit={(event) => void join(event)} noValidate>
      <Screen
        title={t('app.name')}
        outside
        back="/join"
        action={
          <ActionBar>
            {error ? <Trouble error={error} /> : null}
            <Button kind="primary" size="touch" wide type="submit" busy={busy}>
              {t('join.join')}
            </Button>
          </ActionBar>
        }
      >
        <div class="stack">
          <LanguageRow />
          <h2 class="brief-title">{t('join.invites', { team: workspaceName })}</h2>
          <Field
            label={t('join.name')}
            hint={t('join.nameHint')}
            error={asked && name.trim() === '' ? t('join.nameMissing') : null}
          >
            <TextInput value={name} onValue={setName} autocomplete="nickname" maxLength={80} />
          </Field>
          <Field label={t('join.country')} hint={t('join.countryHint')}>
            <Select
              value={country}
              onValue={setCountry}
              options={[{ value: '', label: t('join.countryNone') }, ...countries]}
            />
          </Field>
          <PinField pin={pin} onPin={setPin} isOptional asked={asked} autocomplete="new-password" />
        </div>
      </Screen>
    </form>
  )
}
