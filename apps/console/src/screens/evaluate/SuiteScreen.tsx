import { type Reply, type Suite, suiteRoutes } from '@chiron/contract'
import { Select, Tabs, useI18n } from '@chiron/ui'
import '@chiron/ui/player.css'
import { useAsk } from '../../data/queries.ts'
import { LoadingPage, Page } from '../../shell/Page.tsx'
import { paths } from '../../shell/paths.ts'
import { useQueryPart } from '../../shell/use-query.ts'
import { CoverageTab } from './CoverageTab.tsx'
import { CriteriaTab } from './CriteriaTab.tsx'
import { DiffTab } from './DiffTab.tsx'
import { FaultsNote } from './FaultsNote.tsx'
import { HardCasesTab } from './HardCasesTab.tsx'
import { LeaderboardTab } from './LeaderboardTab.tsx'
import { ScenariosTab } from './ScenariosTab.tsx'
import { SignatureTab } from './SignatureTab.tsx'
import { SimTrustTab } from './SimTrustTab.tsx'
import { SuiteActions } from './SuiteActions.tsx'
import { SuiteState } from './SuiteState.tsx'
import { ValidityTab } from './ValidityTab.tsx'

export type SuiteDetail = Reply<typeof suiteRoutes.readVersion>

const TABS = [
  'scenarios',
  'coverage',
  'criteria',
  'leaderboard',
  'trust',
  'validity',
  'next',
  'versions',
  'signature',
] as const

/** One suite, in one of its versions: what it asks, how far it covers what may happen, what changed, who signed. */
export function SuiteScreen({ suiteId }: { suiteId: string }) {
  const { t } = useI18n()
  const [asked] = useQueryPart('v')
  const suite = useAsk('suite', suiteRoutes.read, { params: { suiteId } })
  const newest = suite.data?.versions[0]?.version
  const version = asked ? Number(asked) : newest
  const detail = useAsk(
    'suite-version',
    suiteRoutes.readVersion,
    { params: { suiteId, version: version ?? 1 } },
    { enabled: version !== undefined },
  )
  const above = { label: t('evaluate.suites'), href: paths.evaluate() }
  if (!suite.data || !detail.data) {
    const retry = () => void (suite.error ? suite.refetch() : detail.refetch())
    return <LoadingPage above={above} error={suite.error ?? detail.error} onRetry={retry} />
  }
  return (
    <Page
      title={suite.data.name}
      above={above}
      aside={
        <>
          {suite.data.versions.length < 2 && <SuiteState version={detail.data} />}
          <VersionSelect suite={suite.data} version={detail.data.version} />
        </>
      }
      actions={<SuiteActions suite={suite.data} detail={detail.data} />}
    >
      <div class="stack">
        <FaultsNote detail={detail.data} />
        <SuiteParts suite={suite.data} detail={detail.data} />
      </div>
    </Page>
  )
}

function VersionSelect({ suite: { versions }, version }: { suite: Suite; version: number }) {
  const { t, number } = useI18n()
  const [, setVersion] = useQueryPart('v')
  if (versions.length < 2) return null
  return (
    <span class="table-selects">
      <Select
        value={String(version)}
        aria-label={t('suite.version')}
        onValue={(value) => setVersion(value === String(versions[0]?.version) ? null : value)}
        options={versions.map(({ version: each, state }) => ({
          value: String(each),
          label: t(`suite.state.${state}`, { version: number(each) }),
        }))}
      />
    </span>
  )
}

function SuiteParts({ suite, detail }: { suite: Suite; detail: SuiteDetail }) {
  const { t } = useI18n()
  const [tab, setTab] = useQueryPart('tab')
  const current = TABS.find((each) => each === tab) ?? 'scenarios'
  return (
    <Tabs
      label={t('suite.parts')}
      current={current}
      onTab={(id) => setTab(id === 'scenarios' ? null : id)}
      tabs={TABS.map((id) => ({
        id,
        label: t(`suite.tab.${id}`),
        ...(id === 'scenarios' ? { count: detail.content.scenarios.length } : {}),
      }))}
    >
      <div class="tab-body">
        {current === 'scenarios' && <ScenariosTab detail={detail} />}
        {current === 'coverage' && <CoverageTab detail={detail} />}
        {current === 'criteria' && <CriteriaTab detail={detail} />}
        {current === 'leaderboard' && <LeaderboardTab suite={suite} detail={detail} />}
        {current === 'trust' && <SimTrustTab detail={detail} />}
        {current === 'validity' && <ValidityTab detail={detail} />}
        {current === 'next' && <HardCasesTab detail={detail} />}
        {current === 'versions' && <DiffTab suite={suite} detail={detail} />}
        {current === 'signature' && <SignatureTab detail={detail} />}
      </div>
    </Tabs>
  )
}
