import type { Lease, Offer } from '@chiron/contract'
import { Icon, useI18n, useLocalized } from '@chiron/ui'
import { serverNow } from '../../data/client.ts'

/** A task one has taken: how long it is kept, and straight back into it. */
export function HeldCard({ lease, offer }: { lease: Lease; offer: Offer | undefined }) {
  const { t, money, relativeTime } = useI18n()
  const localized = useLocalized()
  const title = offer ? localized(offer.title) : t(`offer.kind.${lease.kind}`)
  const isOver = Date.parse(lease.leasedUntil) <= serverNow()
  return (
    <a class="card card-link held" href={`/do/${lease.id}`}>
      <Icon name={lease.kind === 'demonstrate' ? 'video' : 'eye'} size={24} />
      <span class="grow">
        <strong dir="auto">{title}</strong>
        <span class="quiet held-facts">
          <bdi class="figure">{money(lease.payMinor, lease.currency)}</bdi>
          {' · '}
          {t(isOver ? 'inbox.heldOver' : 'inbox.heldUntil', {
            when: relativeTime(lease.leasedUntil, serverNow()),
          })}
        </span>
      </span>
      <span class="held-go">
        {t('inbox.goOn')}
        <Icon name="forward" />
      </span>
    </a>
  )
}
