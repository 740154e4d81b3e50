import { RelativeTime, Status, Table, useI18n } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { useTermName } from '../../parts/term-name.ts'
import { paths } from '../../shell/paths.ts'
import { shortId } from '../episodes/EpisodeTable.tsx'
import type { ReleaseDetail } from './DatasetScreen.tsx'

const HEIGHT = '440px'
const heightOf = (rows: number): string => (rows > 9 ? HEIGHT : 'auto')

function EpisodeLink({ id }: { id: string }) {
  const { t } = useI18n()
  return (
    <a class="row-link" href={paths.episode(id)}>
      {t('episodes.name', { id: shortId(id) })}
    </a>
  )
}

/** The recordings in it, in the dataset's own order. */
export function DatasetEpisodes({ release: { episodes, state } }: { release: ReleaseDetail }) {
  const { t, number } = useI18n()
  const { route } = useLocation()
  const nameOf = useTermName()
  return (
    <Table<ReleaseDetail['episodes'][number]>
      label={t('ways.episodes')}
      height={heightOf(episodes.length)}
      rowCount={episodes.length}
      rowAt={(index) => episodes[index]}
      rowKey={({ episodeId }) => episodeId}
      onOpen={({ episodeId }) => route(paths.episode(episodeId))}
      empty={t(state === 'building' ? 'datasets.notYet' : 'datasets.noEpisodes')}
      columns={[
        {
          key: 'index',
          title: t('datasets.index'),
          width: '72px',
          numeric: true,
          cell: ({ index }) => number(index),
        },
        { key: 'episode', title: t('episodes.recording'), cell: (row) => <EpisodeLink id={row.episodeId} /> },
        {
          key: 'label',
          title: t('episodes.verdict'),
          cell: ({ label }) => (label ? nameOf(label) : <span class="quiet">–</span>),
        },
        {
          key: 'frames',
          title: t('datasets.frames'),
          width: '100px',
          numeric: true,
          cell: ({ frameCount }) => number(frameCount),
        },
        {
          key: 'recalled',
          title: t('campaigns.state'),
          width: '130px',
          cell: ({ recalled }) =>
            recalled ? <Status name="recalled" /> : <Status name="good" label={t('datasets.in')} />,
        },
      ]}
    />
  )
}

/** What did not go out, and why. */
export function DatasetExcluded({ release: { excluded } }: { release: ReleaseDetail }) {
  const { t } = useI18n()
  return (
    <Table<ReleaseDetail['excluded'][number]>
      label={t('datasets.excluded')}
      height={heightOf(excluded.length)}
      rowCount={excluded.length}
      rowAt={(index) => excluded[index]}
      rowKey={({ episodeId }) => episodeId}
      empty={t('datasets.noneExcluded')}
      columns={[
        {
          key: 'episode',
          title: t('episodes.recording'),
          width: '180px',
          cell: (row) => <EpisodeLink id={row.episodeId} />,
        },
        {
          key: 'why',
          title: t('datasets.why'),
          cell: ({ why }) => (
            <span class="cell-words" dir="auto">
              {why}
            </span>
          ),
        },
      ]}
    />
  )
}

/** What must go out of it again. */
export function DatasetRecalls({ release: { recalls } }: { release: ReleaseDetail }) {
  const { t, has } = useI18n()
  return (
    <Table<ReleaseDetail['recalls'][number]>
      label={t('datasets.recalls')}
      height={heightOf(recalls.length)}
      rowCount={recalls.length}
      rowAt={(index) => recalls[index]}
      rowKey={({ episodeId }) => episodeId}
      empty={t('datasets.noRecalls')}
      columns={[
        {
          key: 'episode',
          title: t('episodes.recording'),
          width: '156px',
          cell: (row) => <EpisodeLink id={row.episodeId} />,
        },
        {
          key: 'why',
          title: t('datasets.why'),
          cell: ({ why }) => (
            <span class="cell-words" dir="auto">
              {why}
            </span>
          ),
        },
        {
          key: 'state',
          title: t('campaigns.state'),
          width: '128px',
          cell: ({ state }) => (has(`recallState.${state}`) ? t(`recallState.${state}`) : state),
        },
        { key: 'at', title: t('datasets.when'), width: '128px', cell: ({ at }) => <RelativeTime at={at} /> },
      ]}
    />
  )
}
