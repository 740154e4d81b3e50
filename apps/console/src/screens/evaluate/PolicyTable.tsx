import { type Policy, policyRoutes } from '@chiron/contract'
import { type Column, EmptyState, RelativeTime, Table, useI18n } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { usePages } from '../../data/pages.ts'
import { countText } from '../../parts/count-text.ts'
import { useLater } from '../../parts/use-later.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { ImportCommands } from './ImportCommands.tsx'
import { SuccessShare } from './SuccessShare.tsx'

/** Policies, newest first, with the rollouts of all their versions. */
export function PolicyTable() {
  const i18n = useI18n()
  const { route } = useLocation()
  const [search, setSearch] = useQueryPart('search')
  const pages = usePages<Policy>('policies', policyRoutes.list, { search: useLater(search) })
  const columns = useColumns()
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  return (
    <div class="grow">
      <Table<Policy>
        label={i18n.t('evaluate.policies')}
        columns={columns}
        rowCount={pages.rowCount}
        rowAt={pages.rowAt}
        rowKey={({ id }) => id}
        onNeed={pages.onNeed}
        onOpen={({ id }) => route(paths.policy(id))}
        countText={countText(i18n, pages)}
        filter={{ text: search, onText: (text) => setSearch(text || null) }}
        pageKeys
        empty={
          <EmptyState icon="machine" title={i18n.t('policy.none')} action={<ImportCommands />}>
            <p>{i18n.t('policy.noneText')}</p>
          </EmptyState>
        }
      />
    </div>
  )
}

function useColumns(): Column<Policy>[] {
  const { t, number } = useI18n()
  return [
    {
      key: 'name',
      title: t('policy.policy'),
      cell: ({ id, name }) => (
        <a class="row-link" href={paths.policy(id)} dir="auto">
          {name}
        </a>
      ),
    },
    {
      key: 'versions',
      title: t('policy.versions'),
      width: '110px',
      numeric: true,
      cell: (row) => number(row.versionCount),
    },
    {
      key: 'rollouts',
      title: t('evaluate.rollouts'),
      width: '110px',
      numeric: true,
      cell: (row) => number(row.rolloutCount),
    },
    {
      key: 'success',
      title: t('rollout.success'),
      width: '300px',
      cell: (row) => <SuccessShare {...row} />,
    },
    {
      key: 'made',
      title: t('campaigns.made'),
      width: '140px',
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
  ]
}
