import type { Lease, Offer, Submission } from '@chiron/contract'
import { Button, EmptyState, Skeleton, useI18n } from '@chiron/ui'
import { useEffect } from 'preact/hooks'
import { useStillHeld } from '../../data/outbox.ts'
import { readAhead, useInbox, useSubmissions } from '../../data/queries.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { HeldCard } from './HeldCard.tsx'
import { InsecureNote } from './InsecureNote.tsx'
import { OfferCard } from './OfferCard.tsx'
import { ReturnedCard } from './ReturnedCard.tsx'

/** What one could do now: what came back and what one holds first. */
export function InboxScreen() {
  const { t } = useI18n()
  const inbox = useInbox()
  const submissions = useSubmissions()
  useEffect(() => {
    if (inbox.data && navigator.onLine) readAhead(inbox.data)
  }, [inbox.data])
  const returned = submissions.data?.items.filter(({ state }) => state === 'returned') ?? []
  return (
    <Screen title={t('inbox.title')}>
      <InsecureNote />
      {inbox.data ? (
        <Lists returned={returned} leases={inbox.data.leases} offers={inbox.data.offers} />
      ) : (
        <Pending query={inbox}>
          <div class="stack" role="status" aria-label={t('app.loading')}>
            <Skeleton height={148} />
            <Skeleton height={148} />
          </div>
        </Pending>
      )}
    </Screen>
  )
}

type ListsProps = { returned: Submission[]; leases: Lease[]; offers: Offer[] }

function Lists({ returned, leases, offers }: ListsProps) {
  const { t } = useI18n()
  const held = (useStillHeld(leases) ?? []).filter(
    ({ attempt, taskId }) => attempt === 1 || !returned.some((r) => r.taskId === taskId),
  )
  const open = offers.filter(({ availableCount }) => availableCount > 0)
  if (returned.length + held.length + open.length === 0) return <NothingNow offers={offers} />
  return (
    <div class="stack inbox">
      {returned.length > 0 && (
        <section class="stack">
          <h2 class="section-title">{t('inbox.returned')}</h2>
          {returned.map((submission) => (
            <ReturnedCard key={submission.id} submission={submission} />
          ))}
        </section>
      )}
      {held.length > 0 && (
        <section class="stack">
          <h2 class="section-title">{t('inbox.held')}</h2>
          {held.map((lease) => (
            <HeldCard
              key={lease.id}
              lease={lease}
              offer={offers.find(({ campaignId }) => campaignId === lease.campaignId)}
            />
          ))}
        </section>
      )}
      {open.length > 0 && (
        <section class="stack">
          <h2 class="section-title">{t('inbox.offers')}</h2>
          {open.map((offer) => (
            <OfferCard key={offer.campaignId} offer={offer} />
          ))}
        </section>
      )}
    </div>
  )
}

/** No task now: what a task is, and that one will be seen here without doing anything. */
function NothingNow({ offers }: { offers: Offer[] }) {
  const { t } = useI18n()
  const did = offers.some(({ doneCount }) => doneCount > 0)
  return (
    <EmptyState
      icon="inbox"
      title={t(did ? 'inbox.allDone' : 'inbox.empty')}
      action={
        <Button size="touch" href={did ? '/earnings' : '/help'}>
          {t(did ? 'inbox.seeEarnings' : 'inbox.howItWorks')}
        </Button>
      }
    >
      <p>{t('inbox.emptyText')}</p>
    </EmptyState>
  )
}
