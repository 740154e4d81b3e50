import { CallError } from '@chiron/client'
import { accountRoutes } from '@chiron/contract'
import { Button, Skeleton, useI18n } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { forgetAll, queryClient } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { LanguageRow } from './LanguageRow.tsx'

/** A one-time link, `/in#TOKEN`: signs in, and takes the token out of the address at once. */
export function LinkScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const token = decodeURIComponent(location.hash.slice(1))
    history.replaceState(null, '', '/in')
    client.call(accountRoutes.signInByLink, { body: { token } }).then((me) => {
      forgetAll()
      if (me.as === 'worker') queryClient.setQueryData(['me'], me)
      // A member's link opens the team's app.
      if (me.as === 'member') location.replace('/console/')
      else route('/', true)
    }, setError)
  }, [])
  return (
    <Screen title={t('app.name')} outside>
      {error ? (
        <div class="stack">
          <LanguageRow />
          <Trouble
            error={isCutOff(error) ? new CallError(400, { code: 'link-cut', message: '' }) : error}
            action={
              <Button kind="primary" size="touch" href="/come-back">
                {t('comeBack.title')}
              </Button>
            }
          />
        </div>
      ) : (
        <Skeleton lines={4} />
      )}
    </Screen>
  )
}

/** Chats cut long links: what is left of one is no link, and nobody typed it. */
const isCutOff = (error: unknown): boolean => error instanceof CallError && error.code === 'bad-input'
