import '../../styles/task.css'
import { mediaPaths, type Submission } from '@chiron/contract'
import { ActionBar, Button, Skeleton, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { lazy, useLocation } from 'preact-iso'
import { serverNow } from '../../data/client.ts'
import { useSubmission } from '../../data/queries.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { ProofButton } from '../data/ProofButton.tsx'
import { ReasonList } from './ReasonList.tsx'
import { reasonWords } from './reason-words.ts'
import { SubmissionFacts, SubmissionHead } from './SubmissionView.tsx'
import { useRetake } from './use-retake.ts'

const OwnClip = lazy(async () => (await import('./OwnClip.tsx')).OwnClip)

/** One thing that was sent: its state; where it came back, the moment in the clip, a hint, and the way to film again. */
export function SubmissionScreen({ submissionId }: { submissionId: string }) {
  const { t } = useI18n()
  const submission = useSubmission(submissionId)
  const { path } = useLocation()
  if (!submission.data) {
    return (
      <Screen title={t('work.title')} back="/data/decisions">
        <Pending query={submission}>
          <Skeleton lines={6} />
        </Pending>
      </Screen>
    )
  }
  return (
    <Screen
      key={path}
      title={t('work.title')}
      back={submission.data.state === 'returned' ? '/' : '/data/decisions'}
      action={<Act submission={submission.data} />}
    >
      <Shown submission={submission.data} />
    </Screen>
  )
}

function Shown({ submission }: { submission: Submission }) {
  const i18n = useI18n()
  const { t } = i18n
  const reasons = reasonWords(submission, i18n)
  const { query, route, path } = useLocation()
  const firstMs = reasons.find(({ momentMs }) => momentMs !== null)?.momentMs ?? null
  const [nonce, setNonce] = useState(0)
  const { episodeId, state, recordId } = submission
  const showsClip = episodeId !== null && (state === 'returned' || state === 'rejected')
  const goTo = (momentMs: number) => {
    route(`${path}?at=${Math.round(momentMs)}`, true)
    setNonce((count) => count + 1)
  }
  return (
    <div class="stack">
      <SubmissionHead submission={submission} isShort={showsClip} />
      {showsClip && (
        <OwnClip
          src={mediaPaths.ownVideo(episodeId)}
          poster={mediaPaths.ownPoster(episodeId)}
          atMs={query.at === undefined ? firstMs : Number(query.at)}
          nonce={nonce}
        />
      )}
      {reasons.length > 0 && (
        <section>
          <h2 class="section-title">{t(state === 'rejected' ? 'work.whyNot' : 'work.why')}</h2>
          <ReasonList reasons={reasons} onMoment={showsClip ? goTo : undefined} />
        </section>
      )}
      <SubmissionFacts submission={submission} />
      {recordId && <ProofButton recordId={recordId} />}
    </div>
  )
}

function Act({ submission }: { submission: Submission }) {
  const { t, dateTime } = useI18n()
  const retake = useRetake(submission)
  const { state, appealUntil, appealState, id } = submission
  const mayAppeal = appealUntil !== null && appealState === null && Date.parse(appealUntil) > serverNow()
  if (state === 'returned') {
    return (
      <ActionBar>
        {retake.error ? <Trouble error={retake.error} /> : null}
        <Button kind="primary" size="touch" wide icon="camera" busy={retake.busy} onClick={retake.retake}>
          {t(submission.kind === 'demonstrate' ? 'work.filmAgain' : 'work.doAgain')}
        </Button>
        {mayAppeal && (
          <Button kind="quiet" size="touch" wide icon="flag" href={`/help/appeal/${id}`}>
            {t('work.appeal')}
          </Button>
        )}
      </ActionBar>
    )
  }
  if (state === 'rejected' && mayAppeal) {
    return (
      <ActionBar note={t('work.appealUntil', { date: dateTime(appealUntil ?? '', 'date') })}>
        <Button kind="primary" size="touch" wide icon="flag" href={`/help/appeal/${id}`}>
          {t('work.appeal')}
        </Button>
      </ActionBar>
    )
  }
  return null
}
