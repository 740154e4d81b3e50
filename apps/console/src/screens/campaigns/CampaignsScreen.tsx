import { type Campaign, campaignRoutes } from '@chiron/contract'
import {
  Button,
  type Column,
  EmptyState,
  Icon,
  Money,
  RelativeTime,
  Status,
  Table,
  useI18n,
  useKeys,
  useLocalized,
} from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { useAsk } from '../../data/queries.ts'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { fold } from './fold.ts'
import { PartOf } from './PartOf.tsx'

/** All campaigns; typing filters them. */
export function CampaignsScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const may = useMay()
  const localized = useLocalized()
  const campaigns = useAsk('campaigns', campaignRoutes.list)
  const [filter, setFilter] = useQueryPart('filter')
  const mayWrite = may('campaign.write')
  useKeys(mayWrite ? [{ keys: 'n', label: t('campaigns.new'), run: () => route(paths.newCampaign) }] : [])
  const all = campaigns.data?.items
  const shown = (all ?? []).filter(({ title }) => fold(localized(title)).includes(fold(filter)))
  const newButton = mayWrite && (
    <Button kind="primary" icon="plus" href={paths.newCampaign}>
      {t('campaigns.new')}
    </Button>
  )
  return (
    <Page title={t('ways.campaigns')} lead={t('campaigns.lead')} actions={newButton} fill>
      {campaigns.error && !all ? (
        <Trouble error={campaigns.error} onRetry={() => void campaigns.refetch()} />
      ) : all?.length === 0 ? (
        <NoCampaigns action={newButton} />
      ) : (
        <div class="grow">
          <Table<Campaign>
            label={t('ways.campaigns')}
            columns={useColumns()}
            rowCount={all ? shown.length : 8}
            {...(all ? {} : { countText: t('app.loading') })}
            rowAt={(index) => shown[index]}
            rowKey={({ id }) => id}
            onOpen={({ id }) => route(paths.campaign(id))}
            filter={{ text: filter, onText: (text) => setFilter(text || null) }}
            pageKeys
          />
        </div>
      )}
    </Page>
  )
}

function NoCampaigns({ action }: { action: preact.ComponentChildren }) {
  const { t } = useI18n()
  return (
    <EmptyState icon="campaign" title={t('campaigns.empty')} action={action}>
      <p>{t('campaigns.emptyText')}</p>
    </EmptyState>
  )
}

function useColumns(): Column<Campaign>[] {
  const { t, number } = useI18n()
  const localized = useLocalized()
  return [
    {
      key: 'title',
      title: t('campaigns.title'),
      cell: (row) => (
        <span class="row row-tight">
          <Icon name={row.kind === 'demonstrate' ? 'video' : 'eye'} size={16} label={t(`kind.${row.kind}`)} />
          <a class="row-link clip-text" href={paths.campaign(row.id)} dir="auto">
            {localized(row.title) || t('campaigns.untitled')}
          </a>
        </span>
      ),
    },
    {
      key: 'state',
      title: t('campaigns.state'),
      width: '116px',
      cell: (row) => <CampaignStatus campaign={row} />,
    },
    {
      key: 'done',
      title: t('campaigns.accepted'),
      width: '160px',
      cell: (row) =>
        row.kind === 'demonstrate' ? (
          <PartOf part={row.counts.accepted} whole={row.quota} />
        ) : (
          t('ui.choose.answers', { n: row.counts.accepted })
        ),
    },
    {
      key: 'review',
      title: t('campaigns.inReview'),
      width: '92px',
      numeric: true,
      cell: (row) => number(row.counts.inReview),
    },
    {
      key: 'workers',
      title: t('campaigns.workers'),
      width: '84px',
      numeric: true,
      cell: (row) => number(row.counts.workers),
    },
    {
      key: 'pay',
      title: t('campaigns.payEach'),
      width: '92px',
      numeric: true,
      cell: ({ terms: { payMinor, currency } }) =>
        payMinor === null || currency === null ? '–' : <Money amountMinor={payMinor} currency={currency} />,
    },
    {
      key: 'made',
      title: t('campaigns.made'),
      width: '136px',
      cell: (row) => <RelativeTime at={row.createdAt} />,
    },
  ]
}

const LOOKS = { draft: 'draft', published: 'live', paused: 'paused', closed: 'closed' } as const

export function CampaignStatus({ campaign }: { campaign: Pick<Campaign, 'state'> }) {
  return <Status name={LOOKS[campaign.state]} />
}
