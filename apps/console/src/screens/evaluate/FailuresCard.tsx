import type { Leaderboard } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { BarList } from '@chiron/ui/charts'
import { useTermName } from '../../parts/term-name.ts'
import { versionName } from './version-name.ts'

/** Why each version failed, by the reasons that are named. */
export function FailuresCard({ board: { items } }: { board: Leaderboard }) {
  const { t } = useI18n()
  const nameOf = useTermName()
  const failed = items.filter(({ failures }) => failures.length > 0)
  if (failed.length === 0) return null
  const most = Math.max(...failed.flatMap(({ failures }) => failures.map((each) => each.rolloutCount)))
  return (
    <Card title={t('board.failures')}>
      <div class="stack">
        {failed.map((item) => (
          <div key={item.policyVersionId} class="stack stack-tight">
            <h3 class="small-title" dir="auto">
              {versionName(item)}
            </h3>
            <BarList
              label={t('board.failuresOf', { version: versionName(item) })}
              max={most}
              rows={item.failures.map(({ failureId, rolloutCount }) => ({
                id: failureId,
                label: nameOf(failureId),
                value: rolloutCount,
                shown: t('board.runs', { n: rolloutCount }),
              }))}
            />
          </div>
        ))}
      </div>
    </Card>
  )
}
