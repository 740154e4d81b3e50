import { type Campaign, leaderboardRoutes, type Reply } from '@chiron/contract'
import { HIGHEST_RATING, type KnownRatings, LOWEST_RATING, type RateConfig } from '@chiron/core/kinds'
import { Button, Card, Field, Select, Tag, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { useTermName } from '../../parts/term-name.ts'
import { useMay } from '../../shell/me.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { RunSelect, useRuns } from './RunSelect.tsx'

const MARKS = Array.from({ length: HIGHEST_RATING - LOWEST_RATING + 1 }, (_, at) => LOWEST_RATING + at)

/** A member states how rollouts are to be rated, and sees how far off raters are. */
export function GoldRatingsCard({ campaign }: { campaign: Campaign }) {
  const { t, percent } = useI18n()
  const may = useMay()
  const params = { campaignId: campaign.id }
  const known = useAsk('gold-ratings', leaderboardRoutes.knownRatings, { params })
  return (
    <Card title={t('goldRatings.title')}>
      <div class="stack">
        <p class="quiet">{t('goldRatings.lead', { share: percent(campaign.goldRatio) })}</p>
        {may('gold.state') && campaign.state !== 'closed' && <StateForm campaign={campaign} />}
        {known.error && <Trouble error={known.error} onRetry={() => void known.refetch()} />}
        {known.data && <Raters {...known.data} />}
      </div>
    </Card>
  )
}

function StateForm({ campaign }: { campaign: Campaign }) {
  const { t } = useI18n()
  const nameOf = useTermName()
  const toast = useToast()
  const runs = useRuns(campaign)
  const [rolloutId, setRollout] = useState('')
  const [ratings, setRatings] = useState<KnownRatings>({})
  const state = useAct(async () => {
    const params = { campaignId: campaign.id }
    await client.call(leaderboardRoutes.stateGoldRating, { params, body: { rolloutId, ratings } })
    toast({ text: t('goldRatings.stated') })
    setRollout('')
    setRatings({})
  }, ['gold-ratings'])
  const isReady = runs.some(({ id }) => id === rolloutId) && Object.keys(ratings).length > 0
  return (
    <>
      <RunSelect
        label={t('goldRatings.rollout')}
        runs={runs}
        none={t('goldPairs.none')}
        value={rolloutId}
        onValue={setRollout}
      />
      {(campaign.config as RateConfig).scales.map(({ termId }) => (
        <Field key={termId} label={nameOf(termId)}>
          <Select
            value={String(ratings[termId] ?? '')}
            onValue={(mark) => setRatings(withMark(ratings, termId, mark))}
            options={[
              { value: '', label: t('goldRatings.unknown') },
              ...MARKS.map((mark) => ({ value: String(mark), label: String(mark) })),
            ]}
          />
        </Field>
      ))}
      {state.error && <Trouble error={state.error} />}
      <span>
        <Button icon="check" busy={state.busy} disabled={!isReady} onClick={() => void state.run()}>
          {t('goldRatings.state')}
        </Button>
      </span>
    </>
  )
}

function withMark(ratings: KnownRatings, scaleId: string, mark: string): KnownRatings {
  const { [scaleId]: _before, ...others } = ratings
  return mark === '' ? others : { ...others, [scaleId]: Number(mark) }
}

function Raters({ askedCount, items }: Reply<typeof leaderboardRoutes.knownRatings>) {
  const { t, number } = useI18n()
  const points = (value: number) => number(value, { maximumFractionDigits: 1 })
  return (
    <>
      <p>{t('goldRatings.asked', { n: askedCount })}</p>
      {items.length > 0 && (
        <ul class="plain-list stack stack-tight">
          {items.map(({ workerId, pseudonym, knownCount, distance, failsKnown }) => (
            <li key={workerId}>
              <bdi>{pseudonym}</bdi>:{' '}
              {t('goldRatings.off', { points: points(distance.value), n: knownCount })}{' '}
              {distance.low !== null && distance.high !== null && (
                <span class="quiet">
                  {t('goldRatings.between', { low: points(distance.low), high: points(distance.high) })}
                </span>
              )}{' '}
              {failsKnown && <Tag tone="bad">{t('goldRatings.far')}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
