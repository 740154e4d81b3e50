import type { Leaderboard } from '@chiron/contract'
import { HIGHEST_RATING, LOWEST_RATING } from '@chiron/core/kinds'
import { Card, useI18n } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { useTermName } from '../../parts/term-name.ts'
import { versionName } from './version-name.ts'

const AXIS = { min: LOWEST_RATING, max: HIGHEST_RATING }

/** How people rated the rollouts of each version, scale by scale. */
export function RatingsCard({ board: { items } }: { board: Leaderboard }) {
  const { t } = useI18n()
  const nameOf = useTermName()
  const scaleIds = [...new Set(items.flatMap(({ ratings }) => ratings.map(({ scaleId }) => scaleId)))].sort()
  if (scaleIds.length === 0) return null
  return (
    <Card title={t('board.ratings')} aside={<span class="quiet">{t('board.ratingsWords')}</span>}>
      <div class="stack">
        {scaleIds.map((scaleId) => (
          <div key={scaleId} class="stack stack-tight">
            <h3 class="small-title">{nameOf(scaleId)}</h3>
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

type Rating = Leaderboard['items'][number]['ratings'][number]

function measuredOf(rating: Rating | undefined) {
  if (!rating) return null
  const { value, n, low, high } = rating
  return { value, n, ...(low === null || high === null ? {} : { low, high }) }
}
