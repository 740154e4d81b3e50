import '../../styles/account.css'
import { Button, Tabs, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Screen } from '../../shell/Screen.tsx'
import { Trouble } from '../../shell/Trouble.tsx'
import { ConsentList } from './ConsentList.tsx'
import { DecisionList } from './DecisionList.tsx'
import { everythingHeld } from './everything-held.ts'
import { RecordingList } from './RecordingList.tsx'
import { saveJson } from './save-file.ts'

const PARTS = ['consents', 'recordings', 'decisions'] as const

/** Everything that is held about a person: what they agreed to, what they filmed, what was decided, all to take away. */
export function DataScreen({ part = 'consents' }: { part?: string }) {
  const { t } = useI18n()
  const { route } = useLocation()
  const current = PARTS.find((each) => each === part) ?? 'consents'
  return (
    <Screen title={t('data.title')}>
      <div class="stack">
        <Tabs
          label={t('data.title')}
          tabs={PARTS.map((id) => ({ id, label: t(`data.${id}`) }))}
          current={current}
          onTab={(id) => route(id === 'consents' ? '/data' : `/data/${id}`, true)}
        >
          <div class="tab-panel">
            {current === 'consents' && <ConsentList />}
            {current === 'recordings' && <RecordingList />}
            {current === 'decisions' && <DecisionList />}
          </div>
        </Tabs>
        <ExportAll />
      </div>
    </Screen>
  )
}

function ExportAll() {
  const { t } = useI18n()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const take = async () => {
    setBusy(true)
    setError(null)
    try {
      saveJson('chiron-my-data.json', await everythingHeld())
    } catch (caught) {
      setError(caught)
    } finally {
      setBusy(false)
    }
  }
  return (
    <section class="hint">
      <p>{t('data.exportText')}</p>
      {error ? <Trouble error={error} /> : null}
      <Button size="touch" icon="download" busy={busy} onClick={() => void take()}>
        {t('data.export')}
      </Button>
    </section>
  )
}
