import { type Campaign, type Rollout, rolloutRoutes } from '@chiron/contract'
import type { AskedRollouts } from '@chiron/core/kinds'
import { Field, Select, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'

const MOST = 100

/** The newest runs of whom a campaign asks about, of one outcome or any. */
export function useRuns({ config }: Campaign, outcome?: 'success' | 'failure'): readonly Rollout[] {
  const { suiteId, suiteVersion, world, policyVersionIds } = config as AskedRollouts
  const only = { ...(outcome ? { outcome } : {}), ...(world === 'both' ? {} : { world }) }
  const query = { suiteId, suiteVersion, limit: MOST, ...only }
  const rollouts = useAsk('rollouts', rolloutRoutes.list, { query })
  return (rollouts.data?.items ?? []).filter(
    ({ policyVersionId, durationMs }) => durationMs !== null && policyVersionIds.includes(policyVersionId),
  )
}

type RunSelectProps = {
  label: string
  runs: readonly Rollout[]
  /** Said where there is nothing to choose. */
  none: string
  value: string
  onValue: (rolloutId: string) => void
}

/** One of these runs, with a way to look at it. */
export function RunSelect({ label, runs, none, value, onValue }: RunSelectProps) {
  const { t, dateTime } = useI18n()
  return (
    <Field label={label} aside={value !== '' && <a href={paths.rollout(value)}>{t('goldPairs.look')}</a>}>
      <Select
        value={value}
        disabled={runs.length === 0}
        onValue={onValue}
        options={[
          { value: '', label: runs.length === 0 ? none : t('goldPairs.choose') },
          ...runs.map(({ id, scenarioKey, policyName, policyLabel, createdAt }) => ({
            value: id,
            label: `${scenarioKey ?? ''} · ${policyName} ${policyLabel} · ${dateTime(createdAt)}`,
          })),
        ]}
      />
    </Field>
  )
}
