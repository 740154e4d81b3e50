import { Button, Dialog, Tabs, useI18n } from '@chiron/ui'
import { useLocation } from 'preact-iso'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { useQueryPart } from '../../shell/use-query.ts'
import { DriftTab } from './DriftTab.tsx'
import { NewSuiteForm } from './NewSuiteForm.tsx'
import { PolicyTable } from './PolicyTable.tsx'
import { RolloutTable } from './RolloutTable.tsx'
import { SuiteTable } from './SuiteTable.tsx'

const TABS = ['suites', 'policies', 'rollouts', 'drift'] as const

/** What robots are measured by, which policies there are, and how their runs went. */
export function EvaluateScreen() {
  const { t } = useI18n()
  const { route } = useLocation()
  const may = useMay()
  const [tab] = useQueryPart('tab')
  const [isNew, setNew] = useQueryPart('new')
  const current = TABS.find((each) => each === tab) ?? 'suites'
  const newButton = may('suite.write') && (
    <Button kind="primary" icon="plus" onClick={() => setNew('1')}>
      {t('suite.new')}
    </Button>
  )
  return (
    <Page
      title={t('ways.evaluate')}
      lead={t('evaluate.lead')}
      fill={current !== 'drift'}
      actions={current === 'suites' && newButton}
    >
      <div class="tabs-line">
        <Tabs
          label={t('ways.evaluate')}
          current={current}
          // Filters of one list are nothing to the other.
          onTab={(id) => route(paths.evaluate({ tab: id === 'suites' ? null : id }), true)}
          tabs={TABS.map((id) => ({ id, label: t(`evaluate.${id}`) }))}
        />
      </div>
      {current === 'suites' && <SuiteTable newButton={newButton} />}
      {current === 'policies' && <PolicyTable />}
      {current === 'rollouts' && <RolloutTable />}
      {current === 'drift' && <DriftTab />}
      <Dialog open={isNew !== '' && may('suite.write')} onClose={() => setNew(null)} title={t('suite.new')}>
        <NewSuiteForm onMade={(id) => route(paths.suite(id))} onCancel={() => setNew(null)} />
      </Dialog>
    </Page>
  )
}
