import { policyRoutes, suiteRoutes } from '@chiron/contract'
import { Button, Select, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import type { RolloutFilter } from './RolloutTable.tsx'

const MOST_NAMED = 100
const ALL = 'all'

type RolloutFiltersProps = {
  filter: RolloutFilter
  onFilter: (change: Record<string, string | null>) => void
}

/** Which policy and version, which suite and scenario, which world, how it ended. */
export function RolloutFilters({ filter, onFilter }: RolloutFiltersProps) {
  const { t } = useI18n()
  const policies = useAsk('policies', policyRoutes.list, { query: { limit: MOST_NAMED } })
  const suites = useAsk('suites', suiteRoutes.list, { query: { limit: MOST_NAMED } })
  const choose = (name: string, alsoClears: readonly string[] = []) => ({
    name,
    onValue: (value: string) =>
      onFilter({
        ...Object.fromEntries(alsoClears.map((each) => [each, null])),
        [name]: value === ALL ? null : value,
      }),
  })
  return (
    <span class="table-selects">
      <Pick
        {...choose('policyId', ['policyVersionId'])}
        value={filter.policyId}
        all={t('policy.all')}
        options={(policies.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {filter.policyId && (
        <VersionPick
          policyId={filter.policyId}
          value={filter.policyVersionId}
          {...choose('policyVersionId')}
        />
      )}
      <Pick
        {...choose('suiteId', ['suiteVersion', 'scenarioKey', 'failureId'])}
        value={filter.suiteId}
        all={t('suite.all')}
        options={(suites.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      />
      {filter.suiteId && <ScenarioPick {...filter} suiteId={filter.suiteId} {...choose('scenarioKey')} />}
      <Pick
        {...choose('outcome', ['failureId'])}
        value={filter.outcome}
        all={t('rollout.anyOutcome')}
        options={(['success', 'failure', 'unknown'] as const).map((value) => ({
          value,
          label: t(`rollout.outcome.${value}`),
        }))}
      />
      <Pick
        {...choose('world')}
        value={filter.world}
        all={t('rollout.anyWorld')}
        options={(['real', 'sim'] as const).map((value) => ({ value, label: t(`rollout.world.${value}`) }))}
      />
      {Object.keys(filter).length > 0 && (
        <Button
          kind="quiet"
          icon="close"
          onClick={() => onFilter(Object.fromEntries(Object.keys(filter).map((name) => [name, null])))}
        >
          {t('rollout.showAll')}
        </Button>
      )}
    </span>
  )
}

type PickProps = {
  name: string
  value: string | undefined
  /** What stands there while nothing is chosen; also its name. */
  all: string
  options: readonly { value: string; label: string }[]
  onValue: (value: string) => void
}

function Pick({ value = ALL, all, options, onValue }: PickProps) {
  // What the address asks for is shown even where the list does not name it.
  const known = value === ALL || options.some((option) => option.value === value)
  const shown = known ? options : [...options, { value, label: value }]
  return (
    <Select
      value={value}
      aria-label={all}
      onValue={onValue}
      options={[{ value: ALL, label: all }, ...shown]}
    />
  )
}

type VersionPickProps = Omit<PickProps, 'all' | 'options'> & { policyId: string }

function VersionPick({ policyId, ...pick }: VersionPickProps) {
  const { t } = useI18n()
  const policy = useAsk('policy', policyRoutes.read, { params: { policyId } })
  const options = (policy.data?.versions ?? []).map(({ id, label }) => ({ value: id, label }))
  return <Pick {...pick} all={t('policy.allVersions')} options={options} />
}

type ScenarioPickProps = Omit<PickProps, 'all' | 'options' | 'value'> & RolloutFilter & { suiteId: string }

/** Scenarios of the version that is asked for, else of the newest frozen one. */
function ScenarioPick({ suiteId, suiteVersion, scenarioKey, name, onValue }: ScenarioPickProps) {
  const { t } = useI18n()
  const suite = useAsk('suite', suiteRoutes.read, { params: { suiteId } })
  const frozen = suite.data?.versions.find(({ state }) => state === 'frozen')?.version
  const version = suiteVersion ? Number(suiteVersion) : frozen
  const detail = useAsk(
    'suite-version',
    suiteRoutes.readVersion,
    { params: { suiteId, version: version ?? 1 } },
    { enabled: version !== undefined },
  )
  const options = (detail.data?.content.scenarios ?? []).map(({ key }) => ({ value: key, label: key }))
  return (
    <Pick name={name} onValue={onValue} value={scenarioKey} all={t('suite.allScenarios')} options={options} />
  )
}
