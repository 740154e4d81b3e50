import '../../styles/account.css'
import type { payRoutes, Reply } from '@chiron/contract'
import { ActionBar, Button, EmptyState, Skeleton, useI18n } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { useEarnings } from '../../data/queries.ts'
import { Pending } from '../../shell/Pending.tsx'
import { Screen } from '../../shell/Screen.tsx'
import { EarningLines } from './EarningLines.tsx'
import { PayoutDialog } from './PayoutDialog.tsx'

type Earnings = Reply<typeof payRoutes.earnings>
export type BalanceSums = Earnings['balances'][number]
export type EarningLine = Earnings['lines']['items'][number]

/** What one has, what is still being looked at, and each line that led there. */
export function EarningsScreen() {
  const { t } = useI18n()
  const { query, route } = useLocation()
  const earnings = useEarnings()
  const payable = earnings.data?.balances.filter(({ availableMinor }) => availableMinor > 0) ?? []
  return (
    <Screen
      title={t('earnings.title')}
      action={
        payable.length > 0 ? (
          <ActionBar>
            <Button kind="primary" size="touch" wide icon="money" href="/earnings?payout=1">
              {t('earnings.payout')}
            </Button>
          </ActionBar>
        ) : undefined
      }
    >
      {earnings.data ? (
        <Shown earnings={earnings.data} />
      ) : (
        <Pending query={earnings}>
          <Skeleton lines={6} />
        </Pending>
      )}
      <PayoutDialog
        open={query.payout !== undefined}
        balances={payable}
        onClose={() => route('/earnings', true)}
      />
    </Screen>
  )
}

function Shown({ earnings }: { earnings: Earnings }) {
  const { t } = useI18n()
  const { balances, lines } = earnings
  if (balances.length === 0 && lines.items.length === 0) {
    return (
      <EmptyState
        icon="money"
        title={t('earnings.empty')}
        action={
          <Button kind="primary" size="touch" href="/">
            {t('earnings.toWork')}
          </Button>
        }
      >
        {t('earnings.emptyText')}
      </EmptyState>
    )
  }
  return (
    <div class="stack">
      {balances.map((balance) => (
        <Sums key={balance.currency} balance={balance} />
      ))}
      <EarningLines lines={lines.items} />
    </div>
  )
}

function Sums({ balance }: { balance: BalanceSums }) {
  const { t, money } = useI18n()
  const { currency, availableMinor, pendingMinor, paidOutMinor } = balance
  return (
    <section class="sums">
      <p class="sums-name">{t('earnings.available')}</p>
      <p class="sums-main figure">
        <bdi>{money(availableMinor, currency)}</bdi>
      </p>
      <dl class="sums-more">
        <div>
          <dt>{t('earnings.pending')}</dt>
          <dd class="figure">
            <bdi>{money(pendingMinor, currency)}</bdi>
          </dd>
        </div>
        <div>
          <dt>{t('earnings.paidOut')}</dt>
          <dd class="figure">
            <bdi>{money(paidOutMinor, currency)}</bdi>
          </dd>
        </div>
      </dl>
    </section>
  )
}
