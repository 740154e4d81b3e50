import { CallError } from '@chiron/client'
import { accountRoutes } from '@chiron/contract'
import { Button, ErrorNote, Skeleton, useI18n } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { keyOf, queryClient } from '../../data/queries.ts'
import { firstPath, paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { Outside } from './Outside.tsx'

/** A one-time link, `/console/in#TOKEN`: signs in, and takes the token out of the address at once. */
export function LinkScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    const token = decodeURIComponent(location.hash.slice(1))
    history.replaceState(null, '', paths.link)
    client.call(accountRoutes.signInByLink, { body: { token } }).then((me) => {
      // A worker's link opens the worker app.
      if (me.as === 'worker') return location.replace('/')
      queryClient.clear()
      queryClient.setQueryData(keyOf('me'), me)
      route(firstPath(me.role), true)
    }, setError)
  }, [])
  const otherWays = <Button href={paths.signIn}>{t('signIn.otherWays')}</Button>
  return (
    <Outside title={t(error ? 'signIn.linkFailed' : 'signIn.byLink')}>
      {error instanceof CallError && error.code === 'bad-input' ? (
        <ErrorNote happened={t('signIn.linkCut')} next={t('signIn.linkCut.next')} action={otherWays} />
      ) : error ? (
        <Trouble error={error} action={otherWays} />
      ) : (
        <div role="status" aria-label={t('app.loading')}>
          <Skeleton lines={3} />
        </div>
      )}
    </Outside>
  )
}
