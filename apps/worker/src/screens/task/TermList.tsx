import type { OfferDetail } from '@chiron/contract'
import { useI18n } from '@chiron/ui'

/** Pay, time and what an hour of it would bring, side by side. */
export function TermList({ offer }: { offer: OfferDetail }) {
  const { t, money, duration } = useI18n()
  const { terms } = offer
  const facts = [
    [t('terms.pay'), money(terms.payMinor, terms.currency)],
    [t('terms.time'), duration(terms.estimateSeconds * 1000)],
    [t('terms.hourly'), money(offer.expectedHourlyMinor, terms.currency)],
  ] as const
  return (
    <dl class="pay-facts">
      {facts.map(([name, value]) => (
        <div key={name} class="pay-fact">
          <dt>{name}</dt>
          <dd class="figure">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
