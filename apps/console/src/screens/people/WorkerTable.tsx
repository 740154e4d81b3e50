import { accountRoutes, type Person } from '@chiron/contract'
import { Button, type Column, EmptyState, Icon, RelativeTime, Table, useI18n } from '@chiron/ui'
import { usePages } from '../../data/pages.ts'
import { countText } from '../../parts/count-text.ts'
import { useLater } from '../../parts/use-later.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'

/** Workers by pseudonym, with what became of what they sent. */
export function WorkerTable() {
  const i18n = useI18n()
  const may = useMay()
  const [search, setSearch] = useQueryPart('search')
  const pages = usePages<Person>('people', accountRoutes.listPeople, { search: useLater(search) })
  if (pages.error) return <Trouble error={pages.error} onRetry={pages.refetch} />
  return (
    <div class="grow">
      <Table<Person>
        label={i18n.t('people.workers')}
        columns={useColumns()}
        rowCount={pages.rowCount}
        rowAt={pages.rowAt}
        rowKey={({ workerId }) => workerId}
        onNeed={pages.onNeed}
        countText={countText(i18n, pages)}
        filter={{ text: search, onText: (text) => setSearch(text || null) }}
        pageKeys
        empty={
          <EmptyState
            icon="people"
            title={i18n.t('people.empty')}
            action={
              may('invite.make') && (
                <Button kind="primary" icon="link" href={paths.people({ new: '1' })}>
                  {i18n.t('invite.title')}
                </Button>
              )
            }
          >
            <p>{i18n.t('people.emptyText')}</p>
          </EmptyState>
        }
      />
    </div>
  )
}

function useColumns(): Column<Person>[] {
  const { t, number, locale } = useI18n()
  const countries = new Intl.DisplayNames(locale, { type: 'region' })
  return [
    {
      key: 'pseudonym',
      title: t('people.pseudonym'),
      cell: (row) => (
        <span class="row row-tight">
          <Icon
            name={row.kind === 'machine' ? 'machine' : 'person'}
            size={16}
            label={t(`people.${row.kind}`)}
          />
          <bdi>{row.pseudonym}</bdi>
        </span>
      ),
    },
    {
      key: 'country',
      title: t('people.country'),
      width: '150px',
      cell: (row) => (row.country ? countries.of(row.country) : <span class="quiet">–</span>),
    },
    {
      key: 'accepted',
      title: t('ui.status.accepted'),
      width: '100px',
      numeric: true,
      cell: (row) => number(row.acceptedCount),
    },
    {
      key: 'returned',
      title: t('people.returned'),
      width: '120px',
      numeric: true,
      cell: (row) => number(row.returnedCount),
    },
    {
      key: 'pending',
      title: t('people.pending'),
      width: '100px',
      numeric: true,
      cell: (row) => number(row.pendingCount),
    },
    {
      key: 'joined',
      title: t('people.joined'),
      width: '140px',
      cell: (row) => <RelativeTime at={row.joinedAt} />,
    },
  ]
}
