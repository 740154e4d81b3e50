import { type Campaign, leaderboardRoutes, type Rollout, rolloutRoutes } from '@chiron/contract'
import type { CompareConfig } from '@chiron/core/kinds'
import { Button, Card, Field, Select, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'

const MOST = 100

/** A member states pairs whose winner is clear: a run that worked and one of the same scenario that did not. */
export function GoldPairsCard({ campaign }: { campaign: Campaign }) {
  const { t, percent } = useI18n()
  const may = useMay()
  const toast = useToast()
  const better = useRuns(campaign, 'success')
  const worse = useRuns(campaign, 'failure')
  const [betterId, setBetter] = useState('')
  const [worseId, setWorse] = useState('')
  const chosen = better.find(({ id }) => id === betterId)
  const rivals = worse.filter(({ scenarioKey }) => scenarioKey === chosen?.scenarioKey)
  const state = useAct(async () => {
    const body = { betterRolloutId: betterId, worseRolloutId: worseId }
    await client.call(leaderboardRoutes.stateGoldPair, { params: { campaignId: campaign.id }, body })
    toast({ text: t('goldPairs.stated') })
    setWorse('')
  }, [])
  if (!may('gold.state') || campaign.state === 'closed') return null
  const isReady = chosen !== undefined && rivals.some(({ id }) => id === worseId)
  return (
    <Card title={t('goldPairs.title')}>
      <div class="stack">
        <p class="quiet">{t('goldPairs.lead', { share: percent(campaign.goldRatio) })}</p>
        <RunSelect
          label={t('goldPairs.better')}
          runs={better}
          none={t('goldPairs.none')}
          value={betterId}
          onValue={setBetter}
        />
        <RunSelect
          label={t('goldPairs.worse')}
          runs={rivals}
          none={t(chosen ? 'goldPairs.none' : 'goldPairs.chooseBetter')}
          value={rivals.some(({ id }) => id === worseId) ? worseId : ''}
          onValue={setWorse}
        />
        {state.error && <Trouble error={state.error} />}
        <span>
          <Button icon="check" busy={state.busy} disabled={!isReady} onClick={() => void state.run()}>
            {t('goldPairs.state')}
          </Button>
        </span>
      </div>
    </Card>
  )
}

function useRuns({ config }: Campaign, outcome: 'success' | 'failure'): readonly Rollout[] {
  const { suiteId, suiteVersion, world, policyVersionIds } = config as CompareConfig
  const query = { suiteId, suiteVersion, outcome, limit: MOST, ...(world === 'both' ? {} : { world }) }
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

function RunSelect({ label, runs, none, value, onValue }: RunSelectProps) {
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
