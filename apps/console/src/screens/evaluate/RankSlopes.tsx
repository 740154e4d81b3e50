import type { Trust } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { paths } from '../../shell/paths.ts'
import { versionName } from './version-name.ts'

type Ranked = Trust['policies'][number]
type World = 'real' | 'sim'
const ROW = 40
const WIDTH = 100

/** Ranks in reality and in the simulator side by side, each policy's two joined by a line: lines that cross are pairs told the wrong way round. */
export function RankSlopes({ trust: { policies } }: { trust: Trust }) {
  const { t } = useI18n()
  const sides = {
    real: policies,
    sim: [...policies].sort((a, b) => a.sim.rank - b.sim.rank || a.real.rank - b.real.rank),
  }
  return (
    <Card title={t('trust.ranks')}>
      <div class="slopes">
        <Side world="real" policies={sides.real} />
        <svg
          class="slope-lines"
          viewBox={`0 0 ${WIDTH} ${policies.length * ROW}`}
          preserveAspectRatio="none"
          style={{ blockSize: `${policies.length * ROW}px` }}
          aria-hidden="true"
        >
          {sides.real.map((policy, at) => {
            const other = sides.sim.indexOf(policy)
            const isTurned = policy.real.rank !== policy.sim.rank
            return (
              <line
                key={policy.policyVersionId}
                class={isTurned ? 'slope slope-turned' : 'slope'}
                x1={0}
                x2={WIDTH}
                y1={(at + 0.5) * ROW}
                y2={(other + 0.5) * ROW}
                vector-effect="non-scaling-stroke"
              />
            )
          })}
        </svg>
        <Side world="sim" policies={sides.sim} />
      </div>
    </Card>
  )
}

function Side({ world, policies }: { world: World; policies: readonly Ranked[] }) {
  const { t, percent, number } = useI18n()
  return (
    <div class="slope-side">
      <p class="slope-head" id={`slopes-${world}`}>
        {t(`rollout.world.${world}`)}
      </p>
      <ol aria-labelledby={`slopes-${world}`}>
        {policies.map((policy) => {
          const { rate, rank, rolloutCount } = policy[world]
          const { policyId, policyVersionId } = policy
          return (
            <li key={policyVersionId} style={{ blockSize: `${ROW}px` }}>
              <a
                class="clip-text"
                dir="auto"
                href={paths.evaluate({ tab: 'rollouts', policyId, policyVersionId, world })}
              >
                {number(rank)} · {versionName(policy)}
              </a>
              <span class="quiet figure slope-rate">
                {percent(rate)} · {t('ui.chart.n', { n: number(rolloutCount) })}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}
