import type { Submission } from '@chiron/contract'
import { Button, EmptyState, Icon, Skeleton, Status, useI18n, useLocalized } from '@chiron/ui'
import { useSubmissions } from '../../data/queries.ts'
import { Pending } from '../../shell/Pending.tsx'
import { reasonWords } from '../task/reason-words.ts'

/** What was decided about each thing one sent, and why; nothing decides in secret. */
export function DecisionList() {
  const { t } = useI18n()
  const submissions = useSubmissions()
  if (!submissions.data)
    return (
      <Pending query={submissions}>
        <Skeleton lines={5} />
      </Pending>
    )
  const { items } = submissions.data
  if (items.length === 0) {
    return (
      <EmptyState
        icon="review"
        title={t('data.noDecisions')}
        action={
          <Button kind="primary" size="touch" href="/">
            {t('earnings.toWork')}
          </Button>
        }
      >
        {t('data.noDecisionsText')}
      </EmptyState>
    )
  }
  return (
    <ul class="lines">
      {items.map((submission) => (
        <li key={submission.id}>
          <Decision submission={submission} />
        </li>
      ))}
    </ul>
  )
}

function Decision({ submission }: { submission: Submission }) {
  const i18n = useI18n()
  const localized = useLocalized()
  const why = reasonWords(submission, i18n)[0]
  const isBack = submission.state === 'returned' || submission.state === 'rejected'
  return (
    <a class="line" href={`/work/${submission.id}`}>
      <span class="grow line-words">
        <span class="line-what" dir="auto">
          {localized(submission.campaignTitle)}
        </span>
        <span class="quiet figure">{i18n.dateTime(submission.createdAt)}</span>
        <span class="line-state">
          <Status name={submission.state} />
        </span>
        {isBack && why && <span>{why.what}</span>}
        {submission.decidedBy && (
          <span class="quiet">
            {i18n.t('work.decidedBy')}: <bdi>{submission.decidedBy}</bdi>
          </span>
        )}
      </span>
      <Icon name="forward" size={16} />
    </a>
  )
}
