import { suiteRoutes } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { Button, Select, Skeleton, useI18n, useToast } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { useLocation } from 'preact-iso'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import type { SuiteDetail } from './SuiteScreen.tsx'

const COUNT = 20
const SHARES = { min: 0, max: 1 }

/** Scenarios worth running next: those that failed often and those little is known of. */
export function HardCasesTab({ detail: { suiteId, version, content } }: { detail: SuiteDetail }) {
  const { t, number } = useI18n()
  const [world, setWorld] = useQueryPart('world')
  const [seed, setSeed] = useQueryPart('seed')
  const cases = useAsk('hard-cases', suiteRoutes.hardCases, {
    params: { suiteId, version },
    query: {
      count: COUNT,
      seed: seed || '1',
      ...(world === 'real' || world === 'sim' ? { world } : {}),
    },
  })
  if (content.scenarios.length === 0) return <p class="quiet">{t('suite.noScenarios')}</p>
  if (cases.error && !cases.data) return <Trouble error={cases.error} onRetry={() => void cases.refetch()} />
  const rows = (cases.data?.items ?? []).map(({ key, successCount, rolloutCount }) => ({
    id: key,
    label: key,
    measured: wilsonShare(successCount, rolloutCount),
    href: paths.evaluate({ tab: 'rollouts', suiteId, suiteVersion: String(version), scenarioKey: key }),
  }))
  return (
    <div class="stack">
      <p class="quiet prose">{t('hard.words')}</p>
      <div class="row">
        <span class="table-selects">
          <Select
            value={world || 'all'}
            aria-label={t('rollout.world')}
            onValue={(value) => setWorld(value === 'all' ? null : value)}
            options={[
              { value: 'all', label: t('rollout.anyWorld') },
              ...(['real', 'sim'] as const).map((value) => ({ value, label: t(`rollout.world.${value}`) })),
            ]}
          />
        </span>
        <Button icon="refresh" onClick={() => setSeed(String(Number(seed || '1') + 1))}>
          {t('hard.again')}
        </Button>
        <span class="quiet">{t('hard.seed', { seed: number(Number(seed || '1')) })}</span>
      </div>
      {cases.data ? (
        <>
          <DotPlot label={t('suite.tab.next')} rows={rows} axis={SHARES} />
          <DraftThese suiteId={suiteId} version={version} scenarioKeys={rows.map(({ id }) => id)} />
        </>
      ) : (
        <Skeleton lines={6} />
      )}
    </div>
  )
}

type These = { suiteId: string; version: number; scenarioKeys: string[] }

/** One click: the next version as a draft of just these scenarios. */
function DraftThese({ suiteId, version, scenarioKeys }: These) {
  const { t } = useI18n()
  const may = useMay()
  const toast = useToast()
  const { route } = useLocation()
  const draft = useAct(async () => {
    const params = { suiteId, version }
    const made = await client.call(suiteRoutes.draftHardCases, { params, body: { scenarioKeys } })
    toast({ text: t('hard.drafted', { version: made.version, n: scenarioKeys.length }) })
    route(paths.suite(suiteId, { v: String(made.version) }))
  }, ['suite', 'suites', 'suite-version', 'coverage', 'suite-diff'])
  if (!may('suite.write') || scenarioKeys.length === 0) return null
  return (
    <div class="stack stack-tight">
      {draft.error && <Trouble error={draft.error} />}
      <div>
        <Button icon="plus" busy={draft.busy} onClick={() => void draft.run()}>
          {t('hard.draft', { n: scenarioKeys.length })}
        </Button>
      </div>
    </div>
  )
}
