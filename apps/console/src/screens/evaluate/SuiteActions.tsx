import { type Suite, suiteRoutes } from '@chiron/contract'
import { Button, Dialog, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { DraftDialog } from './DraftDialog.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'

const STALE = ['suite', 'suites', 'suite-version', 'coverage', 'suite-diff'] as const

/** Change and freeze a draft; begin the next version of what is frozen. */
export function SuiteActions({ suite, detail }: { suite: Suite; detail: SuiteDetail }) {
  const { t } = useI18n()
  const may = useMay()
  const { route } = useLocation()
  const { suiteId, version, state } = detail
  const next = useAct(async () => {
    const made = await client.call(suiteRoutes.draftNext, { params: { suiteId } })
    route(paths.suite(suiteId, { v: String(made.version) }), true)
  }, STALE)
  if (!may('suite.write')) return null
  const newest = suite.versions[0]
  if (state === 'draft') return <DraftActions key={version} detail={detail} />
  if (newest?.state === 'draft')
    return <Button href={paths.suite(suiteId)}>{t('suite.toDraft', { version: newest.version })}</Button>
  return (
    <>
      {next.error && <Trouble error={next.error} />}
      <Button icon="plus" busy={next.busy} onClick={() => void next.run()}>
        {t('suite.nextVersion')}
      </Button>
    </>
  )
}

function DraftActions({ detail }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  const toast = useToast()
  const [asking, setAsking] = useState(false)
  const [editing, setEditing] = useState(false)
  const { suiteId, name, version, revision, content, faults } = detail
  const freeze = useAct(async () => {
    await client.call(suiteRoutes.freeze, { params: { suiteId, version }, body: { revision } })
    setAsking(false)
    toast({ text: t('suite.frozenNow', { name, version }) })
  }, STALE)
  return (
    <>
      <Button icon="edit" onClick={() => setEditing(true)}>
        {t('suite.edit')}
      </Button>
      <Button kind="primary" icon="lock" disabled={faults.length > 0} onClick={() => setAsking(true)}>
        {t('suite.freeze')}
      </Button>
      <DraftDialog open={editing} onClose={() => setEditing(false)} detail={detail} stale={STALE} />
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('suite.freezeTitle', { name, version })}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('ui.action.cancel')}</Button>
            <Button kind="primary" icon="lock" busy={freeze.busy} onClick={() => void freeze.run()}>
              {t('suite.freezeNow')}
            </Button>
          </>
        }
      >
        <div class="stack">
          <p>{t('suite.freezeText')}</p>
          <p>{t('suite.freezeWhat', { n: content.scenarios.length, factors: content.factors.length })}</p>
          {freeze.error && <Trouble error={freeze.error} />}
        </div>
      </Dialog>
    </>
  )
}
