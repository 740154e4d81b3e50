import { accountRoutes, type Invite } from '@chiron/contract'
import { Button, EmptyState, Table, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'

/** Invites that still let people in. Their links are known only to whoever made them. */
export function InviteTable() {
  const { t, number, dateTime } = useI18n()
  const invites = useAsk('invites', accountRoutes.listInvites)
  const items = invites.data?.items
  if (invites.error && !items) return <Trouble error={invites.error} onRetry={() => void invites.refetch()} />
  return (
    <div class="grow">
      <Table<Invite>
        label={t('people.invites')}
        rowCount={items ? items.length : 4}
        rowAt={(index) => items?.[index]}
        rowKey={({ id }) => id}
        empty={
          <EmptyState
            icon="link"
            title={t('invite.empty')}
            action={
              <Button kind="primary" icon="link" href={paths.people({ tab: 'invites', new: '1' })}>
                {t('invite.title')}
              </Button>
            }
          >
            <p>{t('invite.emptyText')}</p>
          </EmptyState>
        }
        columns={[
          { key: 'label', title: t('invite.label'), cell: (row) => <span dir="auto">{row.label}</span> },
          {
            key: 'used',
            title: t('invite.used'),
            width: '140px',
            numeric: true,
            cell: (row) => number(row.usedCount),
          },
          {
            key: 'left',
            title: t('invite.left'),
            width: '140px',
            numeric: true,
            cell: (row) => number(row.usesLeft),
          },
          {
            key: 'expires',
            title: t('invite.expires'),
            width: '180px',
            cell: (row) => <span class="figure">{dateTime(row.expiresAt, 'date')}</span>,
          },
        ]}
      />
    </div>
  )
}
