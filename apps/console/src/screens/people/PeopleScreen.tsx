import { Button, Dialog, Tabs, useI18n } from '@chiron/ui'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { InviteForm } from './InviteForm.tsx'
import { InviteTable } from './InviteTable.tsx'
import { WorkerTable } from './WorkerTable.tsx'

/** Who works for this workspace, and how more come. */
export function PeopleScreen() {
  const { t } = useI18n()
  const may = useMay()
  const [tab, setTab] = useQueryPart('tab')
  const [isNew, setNew] = useQueryPart('new')
  const mayInvite = may('invite.make')
  const current = mayInvite && tab === 'invites' ? 'invites' : 'workers'
  return (
    <Page
      title={t('ways.people')}
      lead={t('people.lead')}
      fill
      actions={
        mayInvite && (
          <Button kind="primary" icon="link" onClick={() => setNew('1')}>
            {t('invite.title')}
          </Button>
        )
      }
    >
      {mayInvite && (
        <div class="tabs-line">
          <Tabs
            label={t('ways.people')}
            current={current}
            onTab={(id) => setTab(id === 'workers' ? null : id)}
            tabs={[
              { id: 'workers', label: t('people.workers') },
              { id: 'invites', label: t('people.invites') },
            ]}
          />
        </div>
      )}
      {current === 'workers' ? <WorkerTable /> : <InviteTable />}
      <Dialog open={isNew !== '' && mayInvite} onClose={() => setNew(null)} title={t('invite.title')}>
        <InviteForm />
      </Dialog>
    </Page>
  )
}
