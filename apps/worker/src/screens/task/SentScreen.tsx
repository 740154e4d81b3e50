import '../../styles/task.css'
import type { OutboxItem } from '@chiron/client/outbox'
import { ActionBar, Button, Icon, useI18n } from '@chiron/ui'
import { isUnsent, isWaitingForLink, useOutboxItems } from '../../data/outbox.ts'
import { useOffer, useSubmission } from '../../data/queries.ts'
import { Screen } from '../../shell/Screen.tsx'
import { SubmissionFacts, SubmissionHead } from './SubmissionView.tsx'
import { useClaim } from './use-claim.ts'

/** Right after sending: what is still here, what the server has, what happens next, when the pay comes. */
export function SentScreen({ submissionId }: { submissionId: string }) {
  const { t } = useI18n()
  const item = useOutboxItems().find(({ id }) => id === submissionId)
  const isHere = item !== undefined && isUnsent(item)
  return (
    <Screen title={t('sent.title')} back="/" action={<Next submissionId={submissionId} isHere={isHere} />}>
      {isHere ? <StillHere item={item} /> : <Arrived submissionId={submissionId} />}
    </Screen>
  )
}

/** Safe here, and what makes it leave. What the server refused leaves by nothing: the line above says why. */
function StillHere({ item }: { item: OutboxItem }) {
  const { t } = useI18n()
  const isRefused = item.state === 'refused'
  return (
    <div class="stack sent">
      <div class={isRefused ? 'sent-mark sent-returned' : 'sent-mark'}>
        <Icon name={isRefused ? 'attention' : 'saved'} size={40} />
      </div>
      <h2 class="brief-title">{t(isRefused ? 'outbox.refused' : 'sent.savedHere')}</h2>
      {!isRefused && <p>{t(isWaitingForLink(item) ? 'sent.heldText' : 'sent.savedHereText')}</p>}
    </div>
  )
}

function Arrived({ submissionId }: { submissionId: string }) {
  const { t } = useI18n()
  const submission = useSubmission(submissionId)
  if (submission.data) {
    return (
      <div class="stack">
        <SubmissionHead submission={submission.data} />
        <SubmissionFacts submission={submission.data} />
      </div>
    )
  }
  return (
    <div class="stack sent">
      <div class="sent-mark">
        <Icon name="sent" size={40} />
      </div>
      <h2 class="brief-title">{t('sent.arrived')}</h2>
    </div>
  )
}

/** The next task of the same kind; a retake when it came back, and the reason when it was not accepted. */
function Next({ submissionId, isHere }: { submissionId: string; isHere: boolean }) {
  const { t } = useI18n()
  const submission = useSubmission(submissionId, !isHere).data
  if (isHere || !submission || submission.state === 'frozen') {
    return (
      <ActionBar>
        <Button kind="primary" size="touch" wide href="/">
          {t('sent.toInbox')}
        </Button>
      </ActionBar>
    )
  }
  if (submission.state === 'returned') {
    return (
      <ActionBar>
        <Button kind="primary" size="touch" wide href={`/work/${submissionId}`} icon="camera">
          {t('work.seeAndRetake')}
        </Button>
      </ActionBar>
    )
  }
  if (submission.state === 'rejected') {
    return (
      <ActionBar>
        <Button kind="primary" size="touch" wide href={`/work/${submissionId}`}>
          {t('work.whyNot')}
        </Button>
      </ActionBar>
    )
  }
  return <Another campaignId={submission.campaignId} />
}

function Another({ campaignId }: { campaignId: string }) {
  const { t } = useI18n()
  const offer = useOffer(campaignId).data
  const claim = useClaim({ campaignId, termsVersion: offer?.termsVersion ?? 0 })
  const hasMore =
    offer !== undefined &&
    offer.availableCount > 0 &&
    !claim.nothingLeft &&
    (offer.perWorkerMax === null || offer.doneCount < offer.perWorkerMax)
  return (
    <ActionBar note={claim.nothingLeft ? t('brief.nothingLeft') : undefined}>
      {hasMore ? (
        <>
          <Button kind="primary" size="touch" wide busy={claim.busy} onClick={claim.claim}>
            {t('sent.another')}
          </Button>
          <Button kind="quiet" size="touch" wide href="/">
            {t('sent.toInbox')}
          </Button>
        </>
      ) : (
        <Button kind="primary" size="touch" wide href="/">
          {t('sent.toInbox')}
        </Button>
      )}
    </ActionBar>
  )
}
