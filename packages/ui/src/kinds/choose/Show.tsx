import type { ChooseAnswer, ChooseConfig, ChooseQuestion } from '@chiron/core/kinds'
import type { Term } from '@chiron/core/ontology'
import { Icon } from '../../controls/Icon.tsx'
import { Tag } from '../../controls/Tag.tsx'
import { useI18n, useLocalized } from '../../i18n/context.tsx'
import { formatClipTime } from '../../i18n/formats.ts'
import { type GivenAnswer, tallyOf } from './tally.ts'

type ShowProps = {
  config: ChooseConfig
  terms: readonly Term[]
  answers: readonly GivenAnswer[]
  /** What the platform stands behind, by question. */
  verdict?: Readonly<Record<string, { termId: string; probability: number }>>
  /** Go to a moment in the clip. */
  onMoment?: (momentMs: number) => void
}

/** One answer, or several side by side: who said what, how far they agree, what the verdict is. */
export function Show({ config, terms, answers, verdict, onMoment }: ShowProps) {
  return (
    <div class="stack">
      {config.questions.map((question) => (
        <QuestionShown
          key={question.id}
          question={question}
          terms={terms}
          answers={answers}
          verdict={verdict?.[question.id]}
        />
      ))}
      <Remarks answers={answers} onMoment={onMoment} />
    </div>
  )
}

type QuestionShownProps = {
  question: ChooseQuestion
  terms: readonly Term[]
  answers: readonly GivenAnswer[]
  verdict: { termId: string; probability: number } | undefined
}

function QuestionShown({ question, terms, answers, verdict }: QuestionShownProps) {
  const { t, percent, number } = useI18n()
  const localized = useLocalized()
  const tally = tallyOf(question, answers, verdict?.termId)
  if (tally.n === 0 && !verdict) return null
  const nameOf = (termId: string) => localized(terms.find(({ id }) => id === termId)?.label) || termId
  return (
    <div class="tally">
      <div class="row row-apart">
        <h3 class="tally-prompt" dir="auto">
          {localized(question.prompt)}
        </h3>
        {tally.n > 1 && (
          <span class="quiet figure">
            {t('ui.choose.agreement', { agreeing: number(tally.agreeing), n: number(tally.n) })}
          </span>
        )}
      </div>
      <ul class="tally-rows">
        {tally.rows.map(({ termId, who }) => (
          <li key={termId} class="tally-row">
            <span class="tally-term">
              {nameOf(termId)}
              {verdict?.termId === termId && (
                <Tag tone="good">
                  {t('ui.choose.verdict')} ·{' '}
                  {t('ui.choose.probability', { percent: percent(verdict.probability) })}
                </Tag>
              )}
            </span>
            <span class="tally-bar bar-track" aria-hidden="true">
              <span
                class={verdict?.termId === termId ? 'bar bar-good' : 'bar bar-neutral'}
                style={{ inlineSize: `${tally.n > 0 ? (who.length / tally.n) * 100 : 0}%` }}
              />
            </span>
            <span class="figure tally-count" title={who.join(', ')}>
              {t('ui.chart.of', { part: number(who.length), whole: number(tally.n) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

type RemarksProps = { answers: readonly GivenAnswer[]; onMoment?: (momentMs: number) => void }

function Remarks({ answers, onMoment }: RemarksProps) {
  const remarks = answers.filter(({ answer }) => answer.momentMs !== undefined || answer.note)
  if (remarks.length === 0) return null
  return (
    <ul class="remarks">
      {remarks.map(({ id, who, answer }) => (
        <li key={id} class="remark">
          <span class="quiet">{who}</span>
          {answer.momentMs !== undefined && <Moment answer={answer} onMoment={onMoment} />}
          {answer.note && <q dir="auto">{answer.note}</q>}
        </li>
      ))}
    </ul>
  )
}

function Moment({ answer, onMoment }: { answer: ChooseAnswer; onMoment?: (momentMs: number) => void }) {
  const { t } = useI18n()
  const momentMs = answer.momentMs ?? 0
  return (
    <button
      type="button"
      class="remark-moment figure"
      aria-label={`${t('ui.choose.moment')} ${formatClipTime(momentMs)}`}
      onClick={() => onMoment?.(momentMs)}
      disabled={!onMoment}
    >
      <Icon name="pin" size={14} />
      {formatClipTime(momentMs)}
    </button>
  )
}
