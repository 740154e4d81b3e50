import { Tabs, useI18n } from '@chiron/ui'
import { useMay } from '../../shell/me.ts'
import { Page } from '../../shell/Page.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { KeysTab } from './KeysTab.tsx'
import { OntologyTab } from './OntologyTab.tsx'
import { TeamTab } from './TeamTab.tsx'
import { YouTab } from './YouTab.tsx'

/** Team, keys, vocabulary, and one's own things. */
export function SettingsScreen() {
  const { t } = useI18n()
  const may = useMay()
  const [tab, setTab] = useQueryPart('tab')
  const tabs = [
    { id: 'team', label: t('settings.team') },
    ...(may('key.write') ? [{ id: 'keys', label: t('settings.keys') }] : []),
    { id: 'ontology', label: t('settings.ontology') },
    { id: 'you', label: t('settings.you') },
  ]
  const current = tabs.some(({ id }) => id === tab) ? tab : 'team'
  return (
    <Page title={t('ways.settings')}>
      <Tabs
        label={t('ways.settings')}
        current={current}
        onTab={(id) => setTab(id === 'team' ? null : id)}
        tabs={tabs}
      >
        <div class="tab-body">
          {current === 'team' && <TeamTab />}
          {current === 'keys' && <KeysTab />}
          {current === 'ontology' && <OntologyTab />}
          {current === 'you' && <YouTab />}
        </div>
      </Tabs>
    </Page>
  )
}
