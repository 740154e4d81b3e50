import { type Suite, suiteRoutes } from '@chiron/contract'
import { type Column, EmptyState, RelativeTime, Table, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useLocation } from 'preact-iso'
import { usePages } from '../../data/pages.ts'
import { countText } from '../../parts/count-text.ts'
import { useLater } from '../../parts/use-later.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { SuiteState } from './SuiteState.tsx'

/** Suites, newest first, each with its newest version. */
export function SuiteTable({ newButton }: { newButton: ComponentChildren }) {
  const i18n = useI18n()
  const { route } = useLocation()
  const [search, setSearch] = useQueryPart('search')
  const pages = usePages<Suite>('suites', suiteRoutes.list, { search: useLater(search) })
  const columns = useColumns()
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  return (
    <div class="grow">
      <Table<Suite>
        label={i18n.t('evaluate.suites')}
        columns={columns}
        rowCount={pages.rowCount}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onNeed={pages.onNeed}
        onOpen={({ id }) => route(paths.suite(id))}
        countText={countText(i18n, pages)}
        filter={{ text: search, onText: (text) => setSearch(text || null) }}
        pageKeys
        empty={
          <EmptyState icon="chart" title={i18n.t('suite.none')} action={newButton}>
            <p>{i18n.t('suite.noneText')}</p>
          </EmptyState>
        }
      />
    </div>
  )
}

function useColumns(): Column<Suite>[] {
  const { t, number } = useI18n()
  const dash = <span class="quiet">–</span>
  const rollouts = ({ versions }: Suite) => versions.reduce((sum, each) => sum + each.rolloutCount, 0)
  return [
    {
      key: 'name',
      title: t('suite.name'),
      cell: ({ id, name }) => (
        <a class="row-link" href={paths.suite(id)} dir="auto">
          {name}
        </a>
      ),
    },
    {
      key: 'version',
      title: t('suite.newest'),
      width: '180px',
      cell: ({ versions: [newest] }) => (newest ? <SuiteState version={newest} /> : dash),
    },
    {
      key: 'scenarios',
      title: t('suite.scenarios'),
      width: '110px',
      numeric: true,
      cell: ({ versions: [newest] }) => (newest ? number(newest.scenarioCount) : dash),
    },
    {
      key: 'factors',
      title: t('suite.factors'),
      width: '100px',
      numeric: true,
      cell: ({ versions: [newest] }) => (newest ? number(newest.factorCount) : dash),
    },
    {
      key: 'rollouts',
      title: t('evaluate.rollouts'),
      width: '110px',
      numeric: true,
      cell: (row) => number(rollouts(row)),
    },
    {
      key: 'made',
      title: t('campaigns.made'),
      width: '140px',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ]
}
