import type { Review } from '@chiron/contract'
import { Button, Icon, RelativeTime, Skeleton, Tag, type Tone, useI18n, useLocalized } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { useMay } from '../../shell/me.ts'

type QueueListProps = {
  reviews: readonly Review[]
  isLoading: boolean
  hasMore: boolean
  onMore: () => void
  current: string | undefined
  hrefOf: (reviewId: string) => string
  empty: ComponentChildren
}

/** What waits for a decision, most urgent first. */
export function QueueList(props: QueueListProps) {
  const { reviews, isLoading, hasMore, onMore, current, hrefOf, empty } = props
  const { t } = useI18n()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  if (isLoading) {
    return (
      <div class="queue stack" role="status" aria-label={t('app.loading')}>
        {[1, 2, 3, 4].map((n) => (
          <Skeleton key={n} height={56} />
        ))}
      </div>
    )
  }
  if (reviews.length === 0) return <div class="queue">{empty}</div>
  return (
    <nav class="queue" aria-label={t('review.queue')}>
      <ul ref={list}>
        {reviews.map((review) => (
          <li key={review.id} class="queue-row">
            <QueueItem review={review} isCurrent={review.id === current} href={hrefOf(review.id)} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button kind="quiet" wide onClick={onMore}>
          {t('review.more')}
        </Button>
      )}
    </nav>
  )
}

const TONES: Record<Review['why'], Tone> = {
  disputed: 'attention',
  sampled: 'information',
  fault: 'attention',
  appeal: 'bad',
}
const URGENT_MS = 24 * 3600 * 1000

function QueueItem({ review, isCurrent, href }: { review: Review; isCurrent: boolean; href: string }) {
  const { t } = useI18n()
  const may = useMay()
  const localized = useLocalized()
  const isUrgent = review.state === 'open' && Date.parse(review.dueAt) - Date.now() < URGENT_MS
  return (
    <a class="queue-item" href={href} aria-current={isCurrent ? 'true' : undefined}>
      <span class="queue-line">
        <Tag tone={TONES[review.why]} icon={review.why === 'appeal' ? 'flag' : 'review'}>
          {t(`review.why.${review.why}`)}
        </Tag>
        {may('review.decide') && !review.mayDecide && review.state === 'open' && (
          <Icon name="lock" size={14} label={t('review.notYou')} />
        )}
        <span class={isUrgent ? 'queue-due queue-urgent' : 'queue-due'}>
          {review.state === 'done' && review.decidedAt ? (
            <RelativeTime at={review.decidedAt} />
          ) : (
            <>
              {isUrgent && <Icon name="waiting" size={14} />}
              {t('review.due')} <RelativeTime at={review.dueAt} />
            </>
          )}
        </span>
      </span>
      <span class="clip-text" dir="auto">
        {localized(review.campaignTitle)}
      </span>
    </a>
  )
}
