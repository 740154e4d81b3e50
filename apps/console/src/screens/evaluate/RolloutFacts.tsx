import type { RolloutDetail } from '@chiron/contract'
import { Card, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'
import { useTermName } from '../../parts/term-name.ts'
import { paths } from '../../shell/paths.ts'
import { outcomeOf } from './OutcomeTag.tsx'

/** What is known of a run; what was not told is left out. */
export function RolloutFacts({ rollout }: { rollout: RolloutDetail }) {
  const { t } = useI18n()
  return (
    <Card title={t('datasets.facts')}>
      <dl class="sums">
        {useRows(rollout)
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd class="figure">{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  )
}

function useRows(rollout: RolloutDetail): [string, ComponentChildren][] {
  const { t, number, percent, duration, dateTime } = useI18n()
  const nameOf = useTermName()
  const { policyId, policyVersionId, suiteId, suiteVersion, scenarioKey, failureId, source } = rollout
  const figure = (value: number | null) =>
    value === null ? null : number(value, { maximumFractionDigits: 3 })
  const sourceFile = typeof source.file === 'string' ? source.file : null
  return [
    [
      t('policy.policy'),
      <a key="policy" href={paths.policy(policyId)} dir="auto">
        {rollout.policyName}
      </a>,
    ],
    [
      t('policy.version'),
      <a key="version" href={paths.evaluate({ tab: 'rollouts', policyId, policyVersionId })} dir="auto">
        {rollout.policyLabel}
      </a>,
    ],
    [
      t('suite.suite'),
      suiteId && (
        <a key="suite" href={paths.suite(suiteId, { v: String(suiteVersion) })} dir="auto">
          {rollout.suiteName} v{suiteVersion}
        </a>
      ),
    ],
    [t('rollout.scenario'), scenarioKey],
    [t('rollout.task'), rollout.task && <span dir="auto">{rollout.task}</span>],
    [t('rollout.outcome'), t(`rollout.outcome.${outcomeOf(rollout)}`)],
    [t('rollout.failure'), failureId && nameOf(failureId)],
    [t('rollout.progress'), rollout.progress === null ? null : percent(rollout.progress)],
    [t('rollout.score'), figure(rollout.score)],
    [t('rollout.seed'), rollout.seed === null ? null : String(rollout.seed)],
    [t('episodes.length'), rollout.durationMs === null ? null : duration(rollout.durationMs)],
    [t('rollout.recordedAt'), rollout.recordedAt && dateTime(rollout.recordedAt)],
    [t('episodes.arrived'), dateTime(rollout.createdAt)],
    [t('rollout.source'), sourceFile && <bdi>{sourceFile}</bdi>],
  ]
}
