import '../../styles/task.css'
import { newId } from '@chiron/client'
import { reviewRoutes, type Submission } from '@chiron/contract'
import { ActionBar, Button, Field, Skeleton, TextArea, useI18n, useLocalized, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { refresh, useSubmission } from '../../data/queries.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { ReasonList } from '../task/ReasonList.tsx'
import { reasonWords } from '../task/reason-words.ts'

/** Asks that another person looks again: free, in one's own words and language (WR-15, 16). */
export function AppealScreen({ submissionId }: { submissionId: string }) {
  const { t } = useI18n()
  const submission = useSubmission(submissionId)
  if (submission.data) return <AppealForm submission={submission.data} />
  return (
    <Screen title={t('appeal.title')} back={`/work/${submissionId}`}>
      <Pending query={submission}>
        <Skeleton lines={6} />
      </Pending>
    </Screen>
  )
}

const MAX_CHARACTERS = 2000

function AppealForm({ submission }: { submission: Submission }) {
  const i18n = useI18n()
  const { t } = i18n
  const localized = useLocalized()
  const toast = useToast()
  const { route } = useLocation()
  const [text, setText] = useState('')
  const [id] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async (event: Event) => {
    event.preventDefault()
    if (text.trim() === '' || busy) return
    setBusy(true)
    try {
      await client.call(reviewRoutes.appeal, { body: { id, submissionId: submission.id, text: text.trim() } })
      refresh('appeals', 'submission', 'submissions')
      toast({ text: t('appeal.sent'), tone: 'good' })
      route('/help', true)
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <form class="contents" onSubmit={(event) => void send(event)}>
      <Screen
        title={t('appeal.title')}
        back={`/work/${submission.id}`}
        action={
          <ActionBar note={t('appeal.note')}>
            {error ? <Trouble error={error} /> : null}
            <Button kind="primary" size="touch" wide type="submit" busy={busy} disabled={text.trim() === ''}>
              {t('appeal.send')}
            </Button>
          </ActionBar>
        }
      >
        <div class="stack">
          <h2 class="brief-title" dir="auto">
            {localized(submission.campaignTitle)}
          </h2>
          <ReasonList reasons={reasonWords(submission, i18n)} />
          <Field label={t('appeal.text')} hint={t('appeal.textHint')}>
            <TextArea value={text} onValue={setText} rows={6} maxLength={MAX_CHARACTERS} />
          </Field>
        </div>
      </Screen>
    </form>
  )
}
