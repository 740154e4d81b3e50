import type { Offer } from '@chiron/contract'
import { Icon, Tag, useI18n, useLocalized } from '@chiron/ui'
import { ExampleMedia } from '../../shell/ExampleMedia.tsx'
import { joinFacts } from '../../shell/join-facts.ts'

/** One offer: picture, title, pay, time, hourly expectation, purpose (WR-1, WR-4). */
export function OfferCard({ offer }: { offer: Offer }) {
  const { t, money, duration, number } = useI18n()
  const localized = useLocalized()
  const { terms } = offer
  return (
    <a class="card card-link offer" href={`/task/${offer.campaignId}`}>
      <ExampleMedia url={offer.exampleMediaUrl} type={offer.exampleMediaType} kind={offer.kind} isSmall />
      <div class="offer-words">
        <div class="offer-line">
          <h3 class="offer-title" dir="auto">
            {localized(offer.title)}
          </h3>
          <strong class="offer-pay figure">
            <bdi>{money(terms.payMinor, terms.currency)}</bdi>
          </strong>
        </div>
        <p class="offer-facts">
          <span class="fact-chip">
            <Icon name="waiting" size={16} />
            {duration(terms.estimateSeconds * 1000)}
          </span>
          <span class="fact-chip">
            <Icon name="money" size={16} />
            {t('offer.hourly', { amount: money(offer.expectedHourlyMinor, terms.currency) })}
          </span>
        </p>
        <p class="quiet offer-purpose" dir="auto">
          {localized(terms.purpose)}
        </p>
        <p class="offer-foot quiet">
          <bdi>{offer.workspaceName}</bdi>
          <Tag icon={offer.kind === 'demonstrate' ? 'video' : 'eye'}>
            {joinFacts(t(`offer.kind.${offer.kind}`), t('offer.left', { n: number(offer.availableCount) }))}
          </Tag>
        </p>
      </div>
    </a>
  )
}
