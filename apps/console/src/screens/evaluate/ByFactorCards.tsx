import { type Leaderboard, leaderboardRoutes } from '@chiron/contract'
import { Card, useI18n, useLocalized } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import type { SuiteDetail } from './SuiteScreen.tsx'
import { namesOn } from './version-name.ts'

const SHARES = { min: 0, max: 1 }

/** Where each version fails: its success at every level of every factor. */
export function ByFactorCards({ board, detail }: { board: Leaderboard; detail: SuiteDetail }) {
  const { t } = useI18n()
  const localized = useLocalized()
  // A board of one level alone leaves out who was not run there; below they are all.
  const whole = useAsk('leaderboard', leaderboardRoutes.read, {
    params: { suiteId: detail.suiteId, version: detail.version },
    query: { world: board.world },
  })
  const nameOf = namesOn(board, ...(whole.data ? [whole.data] : []))
  const placeOf = new Map(board.items.map(({ policyVersionId }, at) => [policyVersionId, at]))
  const { suiteId, version } = detail
  return (
    <section class="stack stack-tight">
      <h2 class="section-title">{t('board.byFactor')}</h2>
      <p class="quiet prose">{t('board.byFactorWords')}</p>
      <div class="board-factors">
        {detail.content.factors.map((factor) => {
          const cells = board.byFactor.filter((cell) => cell.factor === factor.key)
          return (
            <Card key={factor.key} title={<span dir="auto">{localized(factor.label)}</span>}>
              <div class="charts">
                {factor.levels.map((level) => {
                  // In the order of the ranks above.
                  const rows = cells
                    .filter(({ factorLevel }) => factorLevel === level.key)
                    .sort(
                      (a, b) => (placeOf.get(a.policyVersionId) ?? 0) - (placeOf.get(b.policyVersionId) ?? 0),
                    )
                  if (rows.length === 0) return null
                  const name = localized(level.label)
                  const href = paths.suite(suiteId, {
                    v: String(version),
                    tab: 'leaderboard',
                    world: board.world === 'sim' ? 'sim' : null,
                    level: `${factor.key}.${level.key}`,
                  })
                  return (
                    <div key={level.key} class="charts-part">
                      <h3 class="small-title">
                        <a href={href} dir="auto">
                          {name}
                        </a>
                      </h3>
                      <DotPlot
                        label={`${localized(factor.label)}: ${name}`}
                        axis={SHARES}
                        rows={rows.map(({ policyVersionId, success }) => ({
                          id: policyVersionId,
                          label: nameOf(policyVersionId),
                          measured: success,
                        }))}
                      />
                    </div>
                  )
                })}
              </div>
            </Card>
          )
        })}
      </div>
    </section>
  )
}
