import { campaignRoutes, type Review, reviewRoutes } from '@chiron/contract'
import { Button, EmptyState, Select, useI18n, useKeys, useLocalized } from '@chiron/ui'
import '@chiron/ui/player.css'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { type Pages, usePages } from '../../data/pages.ts'
import { prefetch, useAsk } from '../../data/queries.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { NextClip } from './NextClip.tsx'
import { undoLast, useHidden } from './pending.ts'
import { QueueList } from './QueueList.tsx'
import { ReviewDetailView } from './ReviewDetailView.tsx'

const WHY = ['disputed', 'sampled', 'fault', 'appeal']

/** The queue on one side, the evidence and the decision on the other; worked by keyboard. */
export function ReviewScreen({ reviewId }: { reviewId?: string }) {
  const { t } = useI18n()
  const queue = useQueue()
  const { shown, pages, filters, isDone } = queue
  const go = useGo(shown, reviewId, filters)
  const at = shown.findIndex(({ id }) => id === reviewId)
  const next = shown[at + 1] ?? shown[at - 1]
  useEffect(() => {
    const first = shown[0]
    if (!reviewId && first && window.innerWidth > 900) go.to(first.id)
    if (next) prefetch('review', reviewRoutes.read, { params: { reviewId: next.id } })
    if (at > shown.length - 10) pages.onNeed()
  }, [reviewId, shown.length, next?.id])
  useKeys([
    { keys: 'j', label: t('review.keyNext'), run: () => go.step(1) },
    { keys: 'k', label: t('review.keyBack'), run: () => go.step(-1) },
    { keys: 'u', label: t('review.keyUndo'), run: undoLast },
  ])
  return (
    <Page title={t('ways.review')} lead={t('review.lead')} actions={<Filters />} fill>
      {pages.error ? (
        <Trouble error={pages.error} onRetry={pages.refetch} />
      ) : !pages.isLoading && shown.length === 0 && !reviewId ? (
        <QueueEmpty isDone={isDone} isFiltered={Object.values(filters).some(Boolean)} />
      ) : (
        <div class={reviewId ? 'review review-open' : 'review'}>
          <QueueList
            reviews={shown}
            isLoading={pages.isLoading}
            hasMore={pages.hasMore}
            onMore={pages.onNeed}
            current={reviewId}
            hrefOf={(id) => paths.review(id, filters)}
            empty={<QueueEmpty isDone={isDone} isFiltered={Object.values(filters).some(Boolean)} />}
          />
          <section class="review-detail" aria-label={t('review.item')}>
            {reviewId ? (
              <ReviewDetailView
                key={reviewId}
                reviewId={reviewId}
                back={paths.reviews(filters)}
                onDecided={() => (next ? go.to(next.id) : go.out())}
                onUndone={() => go.to(reviewId)}
              />
            ) : (
              shown.length > 0 && <EmptyState icon="review" title={t('review.choose')} />
            )}
          </section>
          {next && <NextClip reviewId={next.id} />}
        </div>
      )}
    </Page>
  )
}

type Filtered = { campaignId: string; why: string; state: string }

function useQueue(): { shown: Review[]; pages: Pages<Review>; filters: Filtered; isDone: boolean } {
  const [campaignId] = useQueryPart('campaignId')
  const [why] = useQueryPart('why')
  const [state] = useQueryPart('state')
  const hidden = useHidden()
  const isDone = state === 'done'
  const pages = usePages<Review>('reviews', reviewRoutes.list, {
    campaignId,
    why,
    state: isDone ? 'done' : 'open',
  })
  const shown = isDone ? [...pages.rows] : pages.rows.filter(({ id }) => !hidden.has(id))
  return { shown, pages, filters: { campaignId, why, state }, isDone }
}

function useGo(shown: readonly Review[], reviewId: string | undefined, filters: Filtered) {
  const { route } = useLocation()
  const to = (id: string) => route(paths.review(id, filters), true)
  return {
    to,
    out: () => route(paths.reviews(filters), true),
    step: (way: 1 | -1) => {
      const at = shown.findIndex(({ id }) => id === reviewId)
      const target = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + way))]
      if (target) to(target.id)
    },
  }
}

function Filters() {
  const { t } = useI18n()
  const localized = useLocalized()
  const [campaignId, setCampaign] = useQueryPart('campaignId')
  const [why, setWhy] = useQueryPart('why')
  const [state, setState] = useQueryPart('state')
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const orAll = (value: string) => (value === 'all' ? null : value)
  return (
    <span class="table-selects">
      <Select
        value={state || 'open'}
        aria-label={t('campaigns.state')}
        onValue={(value) => setState(value === 'open' ? null : value)}
        options={[
          { value: 'open', label: t('review.open') },
          { value: 'done', label: t('review.done') },
        ]}
      />
      <Select
        value={why || 'all'}
        aria-label={t('review.why')}
        onValue={(value) => setWhy(orAll(value))}
        options={[
          { value: 'all', label: t('review.allWhy') },
          ...WHY.map((value) => ({ value, label: t(`review.why.${value}`) })),
        ]}
      />
      <Select
        value={campaignId || 'all'}
        aria-label={t('episodes.campaign')}
        onValue={(value) => setCampaign(orAll(value))}
        options={[
          { value: 'all', label: t('episodes.allCampaigns') },
          ...(campaigns.data?.items ?? []).map(({ id, title }) => ({ value: id, label: localized(title) })),
        ]}
      />
    </span>
  )
}

function QueueEmpty({ isDone, isFiltered }: { isDone: boolean; isFiltered: boolean }) {
  const { t } = useI18n()
  if (isDone) return <EmptyState icon="review" title={t('review.noneDone')} />
  return (
    <EmptyState
      icon="good"
      title={t(isFiltered ? 'review.noneFiltered' : 'review.empty')}
      action={isFiltered && <Button href={paths.reviews()}>{t('review.showAll')}</Button>}
    >
      <p>{t('review.emptyText')}</p>
    </EmptyState>
  )
}
