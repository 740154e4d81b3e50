import { type Release, releaseRoutes } from '@chiron/contract'
import {
  Button,
  type Column,
  Dialog,
  EmptyState,
  RelativeTime,
  Status,
  Table,
  Tag,
  useI18n,
  useLocalized,
} from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { useAsk } from '../../data/queries.ts'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { NewReleaseForm } from './NewReleaseForm.tsx'

const BUILDING_MS = 1000

/** What went out, and the way to make more. */
export function DatasetsScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const may = useMay()
  const [isNew, setNew] = useQueryPart('new')
  const releases = useAsk('releases', releaseRoutes.list)
  useAsk('releases', releaseRoutes.list, undefined, {
    everyMs: releases.data?.items.some(({ state }) => state === 'building') ? BUILDING_MS : false,
  })
  const items = releases.data?.items
  const newButton = may('release.create') && (
    <Button kind="primary" icon="plus" onClick={() => setNew('1')}>
      {t('datasets.new')}
    </Button>
  )
  return (
    <Page title={t('ways.datasets')} lead={t('datasets.lead')} actions={newButton} fill>
      {releases.error && !items ? (
        <Trouble error={releases.error} onRetry={() => void releases.refetch()} />
      ) : items?.length === 0 ? (
        <EmptyState icon="dataset" title={t('datasets.empty')} action={newButton}>
          <p>{t('datasets.emptyText')}</p>
        </EmptyState>
      ) : (
        <div class="grow">
          <Table<Release>
            label={t('ways.datasets')}
            columns={useColumns()}
            rowCount={items ? items.length : 6}
            rowAt={(index) => items?.[index]}
            rowKey={({ id }) => id}
            onOpen={({ id }) => route(paths.dataset(id))}
            pageKeys
          />
        </div>
      )}
      <Dialog
        open={isNew !== '' && may('release.create')}
        onClose={() => setNew(null)}
        title={t('datasets.new')}
      >
        <NewReleaseForm onMade={(id) => route(paths.dataset(id))} onCancel={() => setNew(null)} />
      </Dialog>
    </Page>
  )
}

export const RELEASE_LOOKS = { building: 'running', ready: 'good', failed: 'failed' } as const

export function ReleaseStatus({
  release: { state, progress },
}: {
  release: Pick<Release, 'state' | 'progress'>
}) {
  const { t, percent } = useI18n()
  const label =
    state === 'building' ? t('datasets.building', { done: percent(progress) }) : t(`datasets.${state}`)
  return <Status name={RELEASE_LOOKS[state]} label={label} />
}

function useColumns(): Column<Release>[] {
  const { t, number, bytes } = useI18n()
  const localized = useLocalized()
  return [
    {
      key: 'name',
      title: t('datasets.name'),
      width: '136px',
      cell: (row) => (
        <a class="row-link" href={paths.dataset(row.id)}>
          <bdi>{row.name}</bdi>
        </a>
      ),
    },
    {
      key: 'state',
      title: t('campaigns.state'),
      width: '116px',
      cell: (row) => <ReleaseStatus release={row} />,
    },
    {
      key: 'campaign',
      title: t('episodes.campaign'),
      cell: (row) => <span dir="auto">{localized(row.campaignTitle)}</span>,
    },
    {
      key: 'format',
      title: t('datasets.format'),
      width: '108px',
      cell: (row) => t(`datasets.format.${row.format}`),
    },
    {
      key: 'episodes',
      title: t('datasets.episodes'),
      width: '96px',
      numeric: true,
      cell: (row) => number(row.episodeCount),
    },
    {
      key: 'frames',
      title: t('datasets.frames'),
      width: '80px',
      numeric: true,
      cell: (row) => number(row.frameCount),
    },
    {
      key: 'bytes',
      title: t('datasets.size'),
      width: '86px',
      numeric: true,
      cell: (row) => bytes(row.bytes),
    },
    {
      key: 'recalls',
      title: t('datasets.recalls'),
      width: '100px',
      cell: (row) =>
        row.recalls.length === 0 ? (
          <span class="quiet">{number(0)}</span>
        ) : (
          <Tag tone="bad" icon="flag">
            {number(row.recalls.length)}
          </Tag>
        ),
    },
    {
      key: 'made',
      title: t('campaigns.made'),
      width: '136px',
      cell: (row) => <RelativeTime at={row.createdAt} />,
    },
  ]
}
