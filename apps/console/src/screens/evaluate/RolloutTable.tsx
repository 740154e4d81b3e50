import { type Rollout, rolloutRoutes } from '@chiron/contract'
import { type Column, Duration, EmptyState, RelativeTime, Table, Tag, useI18n } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { usePages } from '../../data/pages.ts'
import { countText } from '../../parts/count-text.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { ImportCommands } from './ImportCommands.tsx'
import { OutcomeTag } from './OutcomeTag.tsx'
import { RolloutFilters } from './RolloutFilters.tsx'

const FILTERS = [
  'policyId',
  'policyVersionId',
  'suiteId',
  'suiteVersion',
  'scenarioKey',
  'world',
  'outcome',
  'failureId',
] as const
export type RolloutFilter = Partial<Record<(typeof FILTERS)[number], string>>

/** Rollouts, newest first; pages come as they are scrolled to, filters stand in the address. */
export function RolloutTable() {
  const i18n = useI18n()
  const { t } = i18n
  const { route, query } = useLocation()
  const filter: RolloutFilter = Object.fromEntries(
    FILTERS.flatMap((name) => (query[name] ? [[name, query[name]]] : [])),
  )
  const pages = usePages<Rollout>('rollouts', rolloutRoutes.list, filter)
  const columns = useColumns()
  const set = (change: Record<string, string | null>) =>
    route(paths.evaluate({ tab: 'rollouts', ...filter, ...change }), true)
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  const isFiltered = Object.keys(filter).length > 0
  return (
    <div class="grow">
      <Table<Rollout>
        label={t('evaluate.rollouts')}
        columns={columns}
        rowCount={pages.rowCount}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onNeed={pages.onNeed}
        onOpen={({ id }) => route(paths.rollout(id))}
        countText={countText(i18n, pages)}
        pageKeys
        actions={<RolloutFilters filter={filter} onFilter={set} />}
        empty={
          isFiltered ? (
            t('rollout.noneFits')
          ) : (
            <EmptyState icon="video" title={t('rollout.none')} action={<ImportCommands />}>
              <p>{t('rollout.noneText')}</p>
            </EmptyState>
          )
        }
      />
    </div>
  )
}

function useColumns(): Column<Rollout>[] {
  const { t, percent } = useI18n()
  const dash = <span class="quiet">–</span>
  return [
    {
      key: 'policy',
      title: t('policy.policy'),
      width: '200px',
      cell: ({ id, policyName, policyLabel }) => (
        <a class="row-link" href={paths.rollout(id)} dir="auto">
          {policyName} <span class="quiet">{policyLabel}</span>
        </a>
      ),
    },
    {
      key: 'outcome',
      title: t('rollout.outcome'),
      width: '148px',
      cell: (row) => <OutcomeTag rollout={row} />,
    },
    {
      key: 'scenario',
      title: t('rollout.scenario'),
      cell: ({ suiteName, suiteVersion, scenarioKey, task }) =>
        scenarioKey === null ? (
          <span dir="auto">{task || '–'}</span>
        ) : (
          <span class="cell-words" dir="auto">
            {scenarioKey}{' '}
            <span class="quiet">
              {suiteName} v{suiteVersion}
            </span>
          </span>
        ),
    },
    {
      key: 'world',
      title: t('rollout.world'),
      width: '132px',
      cell: ({ world }) => (
        <Tag icon={world === 'sim' ? 'machine' : 'camera'}>{t(`rollout.world.${world}`)}</Tag>
      ),
    },
    {
      key: 'progress',
      title: t('rollout.progress'),
      width: '96px',
      numeric: true,
      cell: ({ progress }) => (progress === null ? dash : percent(progress)),
    },
    {
      key: 'length',
      title: t('episodes.length'),
      width: '84px',
      numeric: true,
      cell: ({ durationMs }) => (durationMs === null ? dash : <Duration ms={durationMs} />),
    },
    {
      key: 'at',
      title: t('episodes.arrived'),
      width: '132px',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ]
}
