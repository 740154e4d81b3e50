import { type Episode, mediaRoutes } from '@chiron/contract'
import { type Column, Duration, RelativeTime, Status, Table, useI18n, useLocalized } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { usePages } from '../../data/pages.ts'
import { countText } from '../../parts/count-text.ts'
import { VerdictWords } from '../../parts/VerdictWords.tsx'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { EpisodesEmpty } from './EpisodesEmpty.tsx'

type EpisodeTableProps = {
  campaignId?: string
  state?: string
  search?: string
  height?: string
  pageKeys?: boolean
  onSearch?: (text: string) => void
  actions?: preact.ComponentChildren
}

/** Recordings, newest first; pages come as they are scrolled to. */
export function EpisodeTable(props: EpisodeTableProps) {
  const { campaignId, state, search, height, pageKeys = false, onSearch, actions } = props
  const i18n = useI18n()
  const { route } = useLocation()
  const pages = usePages<Episode>('episodes', mediaRoutes.listEpisodes, { campaignId, state, search })
  const columns = useColumns(campaignId === undefined)
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  return (
    <div class={height ? undefined : 'grow'}>
      <Table<Episode>
        label={i18n.t('ways.episodes')}
        columns={columns}
        rowCount={pages.rowCount}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onNeed={pages.onNeed}
        onOpen={({ id }) => route(paths.episode(id))}
        countText={countText(i18n, pages)}
        pageKeys={pageKeys}
        empty={<EpisodesEmpty campaignId={campaignId} isFiltered={Boolean(state)} />}
        {...(height ? { height: pages.rowCount > 8 ? height : 'auto' } : {})}
        {...(onSearch ? { filter: { text: search ?? '', onText: onSearch } } : {})}
        {...(actions ? { actions } : {})}
      />
    </div>
  )
}

function useColumns(withCampaign: boolean): Column<Episode>[] {
  const { t, number } = useI18n()
  const localized = useLocalized()
  return [
    {
      key: 'id',
      title: t('episodes.recording'),
      width: '164px',
      cell: (row) => (
        <a class="row-link" href={paths.episode(row.id)}>
          {t('episodes.name', { id: shortId(row.id) })}
        </a>
      ),
    },
    { key: 'state', title: t('campaigns.state'), width: '132px', cell: (row) => <Status name={row.state} /> },
    {
      key: 'verdict',
      title: t('episodes.verdict'),
      cell: (row) => <VerdictWords verdict={row.verdict} isShort />,
    },
    ...(withCampaign
      ? [
          {
            key: 'campaign',
            title: t('episodes.campaign'),
            cell: (row: Episode) => <span dir="auto">{localized(row.campaignTitle)}</span>,
          },
        ]
      : []),
    {
      key: 'worker',
      title: t('episodes.worker'),
      width: '150px',
      cell: (row) => row.workerPseudonym ?? t(`origin.${row.origin}`),
    },
    {
      key: 'length',
      title: t('episodes.length'),
      width: '84px',
      numeric: true,
      cell: (row) => (row.durationMs === null ? '–' : <Duration ms={row.durationMs} />),
    },
    {
      key: 'faults',
      title: t('episodes.faults'),
      width: '76px',
      numeric: true,
      cell: (row) => number(row.faultCount),
    },
    {
      key: 'at',
      title: t('episodes.arrived'),
      width: '144px',
      cell: (row) => <RelativeTime at={row.createdAt} />,
    },
  ]
}

/** The end of an id is its random part; enough to tell rows apart. */
export const shortId = (id: string): string => id.slice(-6)
