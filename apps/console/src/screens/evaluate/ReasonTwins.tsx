import type { Trust } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import { useTermName } from '../../parts/term-name.ts'
import { versionName } from './version-name.ts'

type Twin = { failureId: string; sim: number; real: number }

/** Why policies fail in each world, each reason with two bars on one scale, and how alike each policy fails. */
export function ReasonTwins({ trust: { policies } }: { trust: Trust }) {
  const { t } = useI18n()
  const twins = summed(policies.flatMap(({ reasons }) => reasons))
  const totals = {
    sim: twins.reduce((sum, { sim }) => sum + sim, 0),
    real: twins.reduce((sum, { real }) => sum + real, 0),
  }
  return (
    <Card title={t('trust.reasons')}>
      {twins.length === 0 ? (
        <p class="quiet">{t('trust.noReasons')}</p>
      ) : (
        <div class="stack">
          <ul class="twins">
            {twins.map((twin) => (
              <TwinBars key={twin.failureId} twin={twin} totals={totals} />
            ))}
          </ul>
          <Overlaps policies={policies} />
        </div>
      )}
    </Card>
  )
}

function TwinBars({ twin, totals }: { twin: Twin; totals: { sim: number; real: number } }) {
  const { t, percent, number } = useI18n()
  const nameOf = useTermName()
  return (
    <li>
      <span class="twin-name" dir="auto">
        {nameOf(twin.failureId)}
      </span>
      {(['real', 'sim'] as const).map((world) => {
        const share = totals[world] === 0 ? 0 : twin[world] / totals[world]
        return (
          <span key={world} class="twin">
            <span class="twin-world">{t(`rollout.world.${world}`)}</span>
            <span class="twin-track" aria-hidden="true">
              <span class={`twin-bar twin-bar-${world}`} style={{ inlineSize: `${share * 100}%` }} />
            </span>
            <span class="figure quiet">
              {percent(share)} · {t('ui.chart.n', { n: number(twin[world]) })}
            </span>
          </span>
        )
      })}
    </li>
  )
}

function Overlaps({ policies }: Pick<Trust, 'policies'>) {
  const { t, number } = useI18n()
  const known = policies.filter(({ overlap }) => overlap !== null)
  if (known.length === 0) return <p class="quiet">{t('trust.noOverlap')}</p>
  return (
    <p class="quiet prose" dir="auto">
      {t('trust.overlaps')}{' '}
      {known
        .map(
          (policy) => `${versionName(policy)} ${number(policy.overlap ?? 0, { maximumFractionDigits: 2 })}`,
        )
        .join(' · ')}
    </p>
  )
}

/** The most frequent first. */
function summed(all: readonly Twin[]): Twin[] {
  const byReason = new Map<string, Twin>()
  for (const { failureId, sim, real } of all) {
    const before = byReason.get(failureId) ?? { failureId, sim: 0, real: 0 }
    byReason.set(failureId, { failureId, sim: before.sim + sim, real: before.real + real })
  }
  return [...byReason.values()].sort((a, b) => b.real + b.sim - a.real - a.sim)
}
