import { Card, useI18n, useLocalized } from '@chiron/ui'
import type { SuiteDetail } from './SuiteScreen.tsx'

/** When a rollout counts as a success, and which outcomes and failure reasons may be answered. */
export function CriteriaTab({ detail }: { detail: SuiteDetail }) {
  const { t, duration } = useI18n()
  const localized = useLocalized()
  const { criteria, outcomeIds, failureIds } = detail.content
  return (
    <div class="columns columns-even">
      <Card title={t('suite.success')}>
        <div class="stack">
          <p dir="auto">{localized(criteria.success)}</p>
          <p class="quiet">
            {criteria.timeLimitMs === null
              ? t('suite.noTimeLimit')
              : t('suite.timeLimit', { time: duration(criteria.timeLimitMs) })}
          </p>
          {criteria.milestones.length > 0 && (
            <div class="stack stack-tight">
              <h3 class="small-title">{t('suite.milestones')}</h3>
              <ol class="plain-list">
                {criteria.milestones.map(({ key, label }) => (
                  <li key={key}>
                    <bdi>{localized(label)}</bdi>
                  </li>
                ))}
              </ol>
            </div>
          )}
        </div>
      </Card>
      <Card title={t('suite.answers')}>
        <div class="stack">
          <TermList title={t('termKind.outcome')} ids={outcomeIds} detail={detail} />
          <TermList title={t('termKind.failure')} ids={failureIds} detail={detail} />
        </div>
      </Card>
    </div>
  )
}

type TermListProps = { title: string; ids: readonly string[]; detail: SuiteDetail }

function TermList({ title, ids, detail: { terms } }: TermListProps) {
  const { t } = useI18n()
  const localized = useLocalized()
  return (
    <div class="stack stack-tight">
      <h3 class="small-title">{title}</h3>
      {ids.length === 0 ? (
        <p class="quiet">{t('suite.noTerms')}</p>
      ) : (
        <ul class="levels">
          {ids.map((id) => {
            const label = terms.find((term) => term.id === id)?.label
            return (
              <li key={id} class="tag tag-neutral" dir="auto" title={id}>
                {label ? localized(label) : id}
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}
