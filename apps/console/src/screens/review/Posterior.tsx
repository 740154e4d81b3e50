import type { ReviewDetail } from '@chiron/contract'
import { Card, useI18n, useLocalized } from '@chiron/ui'
import { BarList } from '@chiron/ui/charts'
import { BasisWords } from '../../parts/BasisWords.tsx'
import { useTermName } from '../../parts/term-name.ts'

/** How sure the answers together make one of each label. */
export function Posterior({ review }: { review: ReviewDetail }) {
  const { t, percent } = useI18n()
  const localized = useLocalized()
  const nameOf = useTermName()
  const n = (review.clip?.answers ?? review.episode?.labels)?.length ?? 0
  return (
    <Card
      title={t('verdict.posterior')}
      aside={<span class="quiet figure">{t('ui.choose.answers', { n })}</span>}
    >
      <div class="stack">
        <BarList
          label={t('verdict.posterior')}
          max={1}
          rows={review.posterior.map(({ label, probability }) => ({
            id: label,
            label: localized(review.labelChoices.find(({ id }) => id === label)?.label) || nameOf(label),
            value: probability,
            shown: percent(probability),
          }))}
        />
        {review.basis && <BasisWords basis={review.basis} />}
      </div>
    </Card>
  )
}
