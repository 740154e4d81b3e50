import { type Campaign, leaderboardRoutes } from '@chiron/contract'
import { Button, Card, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { RunSelect, useRuns } from './RunSelect.tsx'

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
