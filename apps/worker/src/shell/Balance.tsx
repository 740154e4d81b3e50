import { useI18n } from '@chiron/ui'
import { useEarnings } from '../data/queries.ts'

/** What one has earned, a tap away from its lines. */
export function Balance() {
  const { t, money } = useI18n()
  const balances = useEarnings().data?.balances ?? []
  const main = [...balances].sort((a, b) => b.availableMinor - a.availableMinor)[0]
  if (!main) return null
  const amount = money(main.availableMinor, main.currency)
  return (
    <a class="balance figure" href="/earnings" aria-label={t('app.balance', { amount })}>
      <bdi>{amount}</bdi>
    </a>
  )
}
