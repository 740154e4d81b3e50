import { hasPasskeys, signInByPasskey } from '@chiron/client/passkeys'
import { Button, useI18n } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { keyOf, queryClient } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { firstPath } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { LanguageSelect } from '../settings/LanguageSelect.tsx'
import { Outside } from './Outside.tsx'

/** The plain page of a person who is not signed in: a passkey, or how to get a link. */
export function SignInScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const signIn = useAct(async () => {
    const me = await signInByPasskey(client)
    if (me.as === 'worker') return location.replace('/')
    queryClient.clear()
    queryClient.setQueryData(keyOf('me'), me)
    route(firstPath(me.role), true)
  })
  return (
    <Outside title={t('signIn.title')}>
      <p>{t('signIn.lead')}</p>
      {hasPasskeys() ? (
        <Button kind="primary" icon="key" busy={signIn.busy} wide onClick={() => void signIn.run()}>
          {t('signIn.passkey')}
        </Button>
      ) : (
        <p class="quiet">{t('signIn.noPasskey')}</p>
      )}
      {signIn.error && <Trouble error={signIn.error} />}
      <section class="stack stack-tight">
        <h2 class="section-title">{t('signIn.linkTitle')}</h2>
        <p>{t('signIn.linkText')}</p>
      </section>
      <p>
        <a href="/">{t('signIn.worker')}</a>
      </p>
      <LanguageSelect />
    </Outside>
  )
}
