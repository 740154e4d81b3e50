import type { Leaderboard } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { paths } from '../../shell/paths.ts'
import { versionName } from './version-name.ts'

/** Further out an interval only says that nothing is known. */
const FURTHEST = 6

/** Strengths on one scale, each with the interval that holds however often one looks. */
export function StrengthCard({ board: { items } }: { board: Leaderboard }) {
  const { t } = useI18n()
  const reach = Math.min(
    FURTHEST,
    Math.ceil(Math.max(1, ...items.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]))),
  )
  return (
    <Card title={t('board.strength')}>
      <div class="stack">
        <DotPlot
          label={t('board.strength')}
          format="number"
          axis={{ min: -reach, max: reach }}
          reference={{ value: 0, label: t('board.even') }}
          rows={items.map((item) => ({
            id: item.policyVersionId,
            label: versionName(item),
            measured: { value: item.strength, low: item.low, high: item.high, n: item.voteCount },
            href: paths.evaluate({
              tab: 'rollouts',
              policyId: item.policyId,
              policyVersionId: item.policyVersionId,
            }),
          }))}
        />
        <p class="quiet prose">{t('board.strengthWords')}</p>
      </div>
    </Card>
  )
}
