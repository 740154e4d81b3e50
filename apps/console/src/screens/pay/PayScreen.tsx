import { payRoutes, type Reply } from '@chiron/contract'
import { Button, Card, Dialog, EmptyState, Icon, Skeleton, Tabs, useI18n, useLocalized } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { FundForm } from './FundForm.tsx'
import { LedgerTable } from './LedgerTable.tsx'
import { PayoutsCard } from './PayoutsCard.tsx'

export type PayOverview = Reply<typeof payRoutes.overview>

/** The workspace's money: what there is, what is put aside, what is owed, and every entry. */
export function PayScreen() {
  const { t } = useI18n()
  const may = useMay()
  const [tab, setTab] = useQueryPart('tab')
  const [funding, setFunding] = useQueryPart('fund')
  const pay = useAsk('pay', payRoutes.overview, undefined, { enabled: may('pay.read') })
  if (!may('pay.read')) return <NotForYou />
  const current = tab === 'ledger' ? 'ledger' : 'overview'
  return (
    <Page
      title={t('ways.pay')}
      lead={t('pay.lead')}
      fill={current === 'ledger'}
      aside={pay.data && <SumCheck holds={pay.data.sumsToZero} />}
      actions={
        may('pay.write') && (
          <Button kind="primary" icon="plus" onClick={() => setFunding('1')}>
            {t('escrow.putIn')}
          </Button>
        )
      }
    >
      <div class="tabs-line">
        <Tabs
          label={t('ways.pay')}
          current={current}
          onTab={(id) => setTab(id === 'overview' ? null : id)}
          tabs={[
            { id: 'overview', label: t('pay.overview') },
            { id: 'ledger', label: t('pay.ledger') },
          ]}
        />
      </div>
      {pay.error && !pay.data && <Trouble error={pay.error} onRetry={() => void pay.refetch()} />}
      {current === 'ledger' ? (
        <LedgerTable overview={pay.data} />
      ) : pay.data ? (
        <Overview pay={pay.data} />
      ) : (
        !pay.error && <Skeleton height={160} />
      )}
      <Dialog
        open={funding !== '' && may('pay.write')}
        onClose={() => setFunding(null)}
        title={t('escrow.putIn')}
      >
        <div class="stack">
          <p>{t('fund.lead')}</p>
          <FundForm currency={pay.data?.funds[0]?.currency ?? 'USD'} onDone={() => setFunding(null)} />
        </div>
      </Dialog>
    </Page>
  )
}

/** The ledger added up, as a check anybody may read. */
function SumCheck({ holds }: { holds: boolean }) {
  const { t } = useI18n()
  return (
    <span class={holds ? 'check check-good' : 'check check-bad'}>
      <Icon name={holds ? 'good' : 'bad'} size={16} />
      {t(holds ? 'pay.sumsToZero' : 'pay.doesNotSum')}
    </span>
  )
}

function Overview({ pay }: { pay: PayOverview }) {
  const { t } = useI18n()
  return (
    <div class="stack">
      <div class="grid">
        <Sums title={t('pay.funds')} why={t('pay.fundsWhy')} sums={pay.funds} />
        <Sums title={t('pay.inEscrow')} why={t('pay.escrowWhy')} sums={heldOf(pay)} />
        <Sums title={t('pay.owed')} why={t('pay.owedWhy')} sums={pay.owed} />
      </div>
      <PayoutsCard payouts={pay.payouts} />
      <EscrowCard escrow={pay.escrow} />
    </div>
  )
}

type Sum = { currency: string; amountMinor: number }

function heldOf({ escrow }: PayOverview): Sum[] {
  const byCurrency = new Map<string, number>()
  for (const { currency, heldMinor, pendingMinor } of escrow)
    byCurrency.set(currency, (byCurrency.get(currency) ?? 0) + heldMinor + pendingMinor)
  return [...byCurrency].sort().map(([currency, amountMinor]) => ({ currency, amountMinor }))
}

function Sums({ title, why, sums }: { title: string; why: string; sums: readonly Sum[] }) {
  const { t, money } = useI18n()
  return (
    <Card title={title}>
      {sums.length === 0 ? (
        <p class="big-sum quiet">{t('pay.nothing')}</p>
      ) : (
        sums.map(({ currency, amountMinor }) => (
          <p key={currency} class="big-sum figure">
            {money(amountMinor, currency)}
          </p>
        ))
      )}
      <p class="quiet">{why}</p>
    </Card>
  )
}

function EscrowCard({ escrow }: { escrow: PayOverview['escrow'] }) {
  const { t, money } = useI18n()
  const localized = useLocalized()
  return (
    <Card title={t('pay.byCampaign')} flush={escrow.length > 0}>
      {escrow.length === 0 ? (
        <p class="quiet">{t('pay.noEscrow')}</p>
      ) : (
        <div class="plain-scroll">
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('episodes.campaign')}</th>
                <th scope="col" class="cell-numeric">
                  {t('pay.free')}
                </th>
                <th scope="col" class="cell-numeric">
                  {t('pay.pending')}
                </th>
                <th scope="col" class="cell-numeric">
                  {t('cost.spent')}
                </th>
              </tr>
            </thead>
            <tbody>
              {escrow.map((row) => (
                <tr key={`${row.campaignId} ${row.currency}`}>
                  <td>
                    <a class="row-link" href={paths.campaign(row.campaignId)} dir="auto">
                      {localized(row.campaignTitle)}
                    </a>
                  </td>
                  <td class="cell-numeric">{money(row.heldMinor, row.currency)}</td>
                  <td class="cell-numeric">{money(row.pendingMinor, row.currency)}</td>
                  <td class="cell-numeric">{money(row.spentMinor, row.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}

function NotForYou() {
  const { t } = useI18n()
  return (
    <Page title={t('ways.pay')}>
      <EmptyState icon="lock" title={t('pay.notForYou')}>
        <p>{t('pay.notForYouText')}</p>
      </EmptyState>
    </Page>
  )
}
