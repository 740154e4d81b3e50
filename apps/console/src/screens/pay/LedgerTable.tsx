import { accountRoutes, type Entry, payRoutes } from '@chiron/contract'
import { type Column, CopyText, Dialog, Table, useI18n, useLocalized } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { usePages } from '../../data/pages.ts'
import { useAsk } from '../../data/queries.ts'
import { countText } from '../../parts/count-text.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import type { PayOverview } from './PayScreen.tsx'

/** Workers of whom an account is named; of more, the others keep the end of their id. */
const MOST_PEOPLE = 200

/** Every entry, newest first; opening one shows its postings and that they sum to zero. */
export function LedgerTable({ overview }: { overview: PayOverview | undefined }) {
  const i18n = useI18n()
  const { t, has, dateTime } = i18n
  const [campaignId] = useQueryPart('campaignId')
  const [opened, setOpened] = useState<Entry | null>(null)
  const pages = usePages<Entry>('entries', payRoutes.entries, { campaignId })
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  const columns: Column<Entry>[] = [
    {
      key: 'at',
      title: t('pay.at'),
      width: '200px',
      cell: ({ at }) => <span class="figure">{dateTime(at)}</span>,
    },
    {
      key: 'kind',
      title: t('pay.entry'),
      width: '220px',
      cell: ({ kind }) => (has(`entry.${kind}`) ? t(`entry.${kind}`) : kind),
    },
    {
      key: 'amount',
      title: t('fund.amount'),
      width: '150px',
      numeric: true,
      cell: (entry) => <Moved entry={entry} />,
    },
    {
      key: 'postings',
      title: t('pay.fromTo'),
      cell: (entry) => <FromTo entry={entry} overview={overview} />,
    },
  ]
  return (
    <div class="grow">
      <Table<Entry>
        label={t('pay.ledger')}
        columns={columns}
        rowCount={pages.rowCount}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onNeed={pages.onNeed}
        onOpen={setOpened}
        countText={countText(i18n, pages)}
        empty={t('pay.noEntries')}
        pageKeys
      />
      {opened && <EntryDialog entry={opened} overview={overview} onClose={() => setOpened(null)} />}
    </div>
  )
}

/** How much moved: the sum of what went in on one side. */
function Moved({ entry }: { entry: Entry }) {
  const { money } = useI18n()
  const sums = new Map<string, number>()
  for (const { amountMinor, currency } of entry.postings)
    if (amountMinor > 0) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor)
  return <>{[...sums].map(([currency, amountMinor]) => money(amountMinor, currency)).join(' + ')}</>
}

function useAccountName(overview: PayOverview | undefined): (account: string) => string {
  const { t, has } = useI18n()
  const localized = useLocalized()
  const people = useAsk('people', accountRoutes.listPeople, { query: { limit: MOST_PEOPLE } })
  return (account) => {
    const [kind = '', owner] = account.split(':')
    const name = has(`account.${kind}`) ? t(`account.${kind}`) : kind
    if (!owner) return name
    const campaign = overview?.escrow.find(({ campaignId }) => campaignId === owner)
    const worker = people.data?.items.find(({ workerId }) => workerId === owner)
    // An id that becomes a name a moment later would only startle.
    const unnamed = people.isLoading || !overview ? '…' : owner.slice(-6)
    return `${name} · ${campaign ? localized(campaign.campaignTitle) : (worker?.pseudonym ?? unnamed)}`
  }
}

function FromTo({ entry, overview }: { entry: Entry; overview: PayOverview | undefined }) {
  const { t } = useI18n()
  const nameOf = useAccountName(overview)
  const side = (isFrom: boolean) =>
    entry.postings
      .filter(({ amountMinor }) => amountMinor < 0 === isFrom)
      .map(({ account }) => nameOf(account))
      .join(', ')
  return <span class="clip-text">{t('pay.fromToWords', { from: side(true), to: side(false) })}</span>
}

type EntryDialogProps = { entry: Entry; overview: PayOverview | undefined; onClose: () => void }

function EntryDialog({ entry, overview, onClose }: EntryDialogProps) {
  const { t, has, money, dateTime } = useI18n()
  const nameOf = useAccountName(overview)
  const currency = entry.postings[0]?.currency ?? 'USD'
  const sum = entry.postings.reduce((total, { amountMinor }) => total + amountMinor, 0)
  return (
    <Dialog
      open
      onClose={onClose}
      shape="side"
      title={has(`entry.${entry.kind}`) ? t(`entry.${entry.kind}`) : entry.kind}
    >
      <div class="stack">
        <p class="quiet figure">{dateTime(entry.at)}</p>
        <dl class="sums">
          {entry.postings.map(({ account, amountMinor, currency: code }) => (
            <div key={`${account} ${code} ${amountMinor}`}>
              <dt>{nameOf(account)}</dt>
              <dd class="figure">{money(amountMinor, code)}</dd>
            </div>
          ))}
          <div class="sums-total">
            <dt>{t('pay.sum')}</dt>
            <dd class="figure">{money(sum, currency)}</dd>
          </div>
        </dl>
        {entry.ref && (
          <p>
            {t('fund.reference')}: <bdi>{entry.ref}</bdi>
          </p>
        )}
        <CopyText text={entry.id} />
      </div>
    </Dialog>
  )
}
