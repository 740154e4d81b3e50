import '../../styles/task.css'
import { CallError } from '@chiron/client'
import { accountRoutes } from '@chiron/contract'
import { ActionBar, Button, Field, Skeleton, TextInput, useI18n } from '@chiron/ui'
import { useQuery } from '@tanstack/preact-query'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { useMe } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { InvitedForm } from './InvitedForm.tsx'
import { JoinFurther } from './JoinFurther.tsx'
import { LanguageRow } from './LanguageRow.tsx'

/** The first screen of all: an invite's code, typed or from its link, then who one is. */
export function JoinScreen({ code }: { code?: string }) {
  return code ? <Invited code={code} /> : <CodeEntry />
}

function CodeEntry() {
  const { t } = useI18n()
  const { route } = useLocation()
  const [typed, setTyped] = useState('')
  const isWhole = typed.replace(/[^0-9a-z]/gi, '').length >= 8
  const submit = (event: Event) => {
    event.preventDefault()
    if (isWhole) route(`/join/${encodeURIComponent(typed.trim())}`)
  }
  return (
    <form class="contents" onSubmit={submit}>
      <Screen
        title={t('app.name')}
        outside
        action={
          <ActionBar>
            <Button kind="primary" size="touch" wide type="submit" disabled={!isWhole}>
              {t('join.next')}
            </Button>
            <Button kind="quiet" size="touch" wide href="/come-back">
              {t('join.beenHere')}
            </Button>
          </ActionBar>
        }
      >
        <div class="stack">
          <LanguageRow />
          <h2 class="brief-title">{t('join.hello')}</h2>
          <p>{t('join.what')}</p>
          <Field label={t('join.code')} hint={t('join.codeHint')}>
            <TextInput
              value={typed}
              onValue={setTyped}
              autocomplete="off"
              autocapitalize="characters"
              spellcheck={false}
              class="input input-code"
              dir="ltr"
            />
          </Field>
        </div>
      </Screen>
    </form>
  )
}

function Invited({ code }: { code: string }) {
  const { t } = useI18n()
  const me = useMe()
  const invite = useQuery({
    queryKey: ['invite', code],
    queryFn: () => client.call(accountRoutes.readInvite, { params: { code } }),
  })
  if (invite.data && me.data?.as === 'worker') {
    return <JoinFurther code={code} me={me.data} workspaceName={invite.data.workspaceName} />
  }
  if (invite.data) return <InvitedForm code={code} workspaceName={invite.data.workspaceName} />
  const isUnknown = invite.error instanceof CallError && invite.error.status === 404
  return (
    <Screen title={t('app.name')} outside back="/join">
      <div class="stack">
        <LanguageRow />
        {invite.error ? (
          <Trouble
            error={isUnknown ? new CallError(404, { code: 'invite-unknown', message: '' }) : invite.error}
            onRetry={() => void invite.refetch()}
            action={
              isUnknown && (
                <Button size="touch" href="/join">
                  {t('join.otherCode')}
                </Button>
              )
            }
          />
        ) : (
          <Skeleton lines={4} />
        )}
      </div>
    </Screen>
  )
}
