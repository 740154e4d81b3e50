import { type Leaderboard, leaderboardRoutes } from '@chiron/contract'
import { HIGHEST_RATING, LOWEST_RATING } from '@chiron/core/kinds'
import { Card, useI18n } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { useAsk } from '../../data/queries.ts'
import { useTermName } from '../../parts/term-name.ts'
import { versionName } from './version-name.ts'

const AXIS = { min: LOWEST_RATING, max: HIGHEST_RATING }

/** How people rated the rollouts of each version, scale by scale, and how far they agree. */
export function RatingsCard({ board }: { board: Leaderboard }) {
  const { items } = board
  const { t } = useI18n()
  const nameOf = useTermName()
  const scaleIds = [...new Set(items.flatMap(({ ratings }) => ratings.map(({ scaleId }) => scaleId)))].sort()
  if (scaleIds.length === 0) return null
  return (
    <Card title={t('board.ratings')} aside={<span class="quiet">{t('board.ratingsWords')}</span>}>
      <div class="charts">
        {scaleIds.map((scaleId) => (
          <div key={scaleId} class="charts-part">
            <h3 class="small-title">{nameOf(scaleId)}</h3>
            <AgreementWords board={board} scaleId={scaleId} />
            <DotPlot
              label={nameOf(scaleId)}
              axis={AXIS}
              format="number"
              rows={items.map((item) => {
                const rating = item.ratings.find((each) => each.scaleId === scaleId)
                return { id: item.policyVersionId, label: versionName(item), measured: measuredOf(rating) }
              })}
            />
          </div>
        ))}
      </div>
    </Card>
  )
}

function AgreementWords({ board, scaleId }: { board: Leaderboard; scaleId: string }) {
  const { t, number } = useI18n()
  const { suiteId, suiteVersion: version, world } = board
  const asked = useAsk('rating-agreement', leaderboardRoutes.ratingAgreement, {
    params: { suiteId, version },
    query: { world },
  })
  const found = asked.data?.items.find((each) => each.scaleId === scaleId)
  if (!found) return null
  const { alpha, low, high, rolloutCount } = found
  const figure = (value: number) => number(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  if (alpha === null || low === null || high === null)
    return <p class="quiet">{t('board.noAgreement', { n: rolloutCount })}</p>
  const words = { alpha: figure(alpha), low: figure(low), high: figure(high), n: rolloutCount }
  return <p class="quiet">{t('board.agreement', words)}</p>
}

type Rating = Leaderboard['items'][number]['ratings'][number]

function measuredOf(rating: Rating | undefined) {
  if (!rating) return null
  const { value, n, low, high } = rating
  return { value, n, ...(low === null || high === null ? {} : { low, high }) }
}
