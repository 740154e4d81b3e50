import type { Submission } from '@chiron/contract'
import { Icon, useI18n, useLocalized } from '@chiron/ui'
import { reasonWords } from '../task/reason-words.ts'

/** A take that came back: why, in one line, and the way to do it again. */
export function ReturnedCard({ submission }: { submission: Submission }) {
  const i18n = useI18n()
  const localized = useLocalized()
  const first = reasonWords(submission, i18n)[0]
  return (
    <a class="card card-link held held-returned" href={`/work/${submission.id}`}>
      <Icon name="undo" size={24} />
      <span class="grow">
        <strong dir="auto">{localized(submission.campaignTitle)}</strong>
        {first && <span class="held-facts">{first.what}</span>}
      </span>
      <span class="held-go">
        {i18n.t('inbox.look')}
        <Icon name="forward" />
      </span>
    </a>
  )
}
