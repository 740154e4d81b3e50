import type { Submission, SubmissionState } from '@chiron/contract'
import { Icon, type IconName, useI18n, useLocalized } from '@chiron/ui'

const MARKS: Record<SubmissionState, IconName> = {
  checking: 'refresh',
  waiting: 'people',
  review: 'review',
  accepted: 'good',
  returned: 'undo',
  rejected: 'bad',
  frozen: 'lock',
}

type HeadProps = {
  submission: Submission
  /** A clip follows: no picture of the state. */
  isShort?: boolean
}

/** What became of it, and what happens next. */
export function SubmissionHead({ submission, isShort = false }: HeadProps) {
  const { t, has, percent } = useI18n()
  const { kind, state, judged } = submission
  // An answer is not a take: where that matters it has words of its own.
  const words = has(`work.${kind}.${state}`) ? `work.${kind}.${state}` : `work.${state}`
  return (
    <header class={isShort ? 'sent sent-short' : 'stack sent'}>
      {!isShort && (
        <div class={`sent-mark sent-${state}`}>
          <Icon name={MARKS[state]} size={40} />
        </div>
      )}
      <h2 class="brief-title">{t(words)}</h2>
      <p>{t(`${words}.next`)}</p>
      {judged && (
        <p class="quiet">{t('work.judged', { n: judged.answerCount, share: percent(judged.probability) })}</p>
      )}
    </header>
  )
}

/** Which task it was, what it pays, who decided. */
export function SubmissionFacts({ submission }: { submission: Submission }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  const { state, payMinor, currency, decidedBy, appealState } = submission
  return (
    <dl class="terms">
      <div class="term">
        <dt>{t('work.task')}</dt>
        <dd dir="auto">{localized(submission.campaignTitle)}</dd>
      </div>
      <div class="term">
        <dt>{t('terms.pay')}</dt>
        <dd>
          <bdi class="figure">{money(payMinor, currency)}</bdi> · {t(`work.pay.${state}`)}
        </dd>
      </div>
      {decidedBy && (
        <div class="term">
          <dt>{t('work.decidedBy')}</dt>
          <dd>
            <bdi>{decidedBy}</bdi>
          </dd>
        </div>
      )}
      {appealState && (
        <div class="term">
          <dt>{t('help.appeals')}</dt>
          <dd>
            <a href="/help">{t(`appeal.${appealState}`)}</a>
          </dd>
        </div>
      )}
    </dl>
  )
}
