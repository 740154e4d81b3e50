import type { ReviewDetail } from '@chiron/contract'
import { Card, Status, useI18n } from '@chiron/ui'

const LOOKS = { accept: 'accepted', return: 'returned', reject: 'rejected' } as const

/** What was decided already. */
export function DecidedNote({ review: { decision, decidedAt } }: { review: ReviewDetail }) {
  const { t, has, dateTime } = useI18n()
  return (
    <Card title={t('review.decided')}>
      <p class="row">
        {decision && decision in LOOKS ? (
          <Status name={LOOKS[decision as keyof typeof LOOKS]} />
        ) : (
          <span>
            {decision && has(`review.closed.${decision}`) ? t(`review.closed.${decision}`) : decision}
          </span>
        )}
        {decidedAt && <span class="quiet figure">{dateTime(decidedAt)}</span>}
      </p>
    </Card>
  )
}
