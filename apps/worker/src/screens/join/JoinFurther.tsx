import { accountRoutes, type Me } from '@chiron/contract'
import { ActionBar, Button, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { queryClient, refresh } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'

type JoinFurtherProps = { code: string; me: Extract<Me, { as: 'worker' }>; workspaceName: string }

/** Somebody who is here already was invited by another team: the same person, one more place to work for. */
export function JoinFurther({ code, me, workspaceName }: JoinFurtherProps) {
  const { t } = useI18n()
  const { route } = useLocation()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const join = async () => {
    setBusy(true)
    try {
      const { name, locale } = me
      const joined = await client.call(accountRoutes.join, { body: { code, name, locale } })
      queryClient.setQueryData(['me'], joined)
      refresh('inbox')
      route('/', true)
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <Screen
      title={t('app.name')}
      outside
      back="/"
      action={
        <ActionBar>
          {error ? <Trouble error={error} /> : null}
          <Button kind="primary" size="touch" wide busy={busy} onClick={() => void join()}>
            {t('join.join')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack">
        <h2 class="brief-title">{t('join.invites', { team: workspaceName })}</h2>
        <p>{t('join.further', { name: me.name })}</p>
      </div>
    </Screen>
  )
}
