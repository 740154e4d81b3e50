import { type SimTrustReport, simTrustRoutes, type Trust } from '@chiron/contract'
import { Card, EmptyState, Select, Skeleton, Tag, useI18n, useLocalized } from '@chiron/ui'
import { DotPlot } from '@chiron/ui/charts'
import { useAsk } from '../../data/queries.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { useQueryPart } from '../../shell/use-query.ts'
import { RankSlopes } from './RankSlopes.tsx'
import { ReasonTwins } from './ReasonTwins.tsx'
import type { SuiteDetail } from './SuiteScreen.tsx'

const WHOLE = 'all'
const UNIT = { min: 0, max: 1 }
const HALF_WAY = 0.5

/** How far what the simulator says of policies holds in reality: a score with its interval, ranks and reasons beside each other. */
export function SimTrustTab({ detail: { suiteId, version, state } }: { detail: SuiteDetail }) {
  const { t } = useI18n()
  const [task] = useQueryPart('task')
  const input = { params: { suiteId, version } }
  const report = useAsk('sim-trust', simTrustRoutes.read, input, { enabled: state === 'frozen' })
  if (state === 'draft') return <p class="quiet prose">{t('trust.draft')}</p>
  if (report.error && !report.data)
    return <Trouble error={report.error} onRetry={() => void report.refetch()} />
  if (!report.data) return <Skeleton lines={8} />
  const chosen = task === '' ? undefined : report.data.tasks[Number(task)]
  return (
    <div class="stack">
      {report.data.tasks.length > 1 && <TaskSelect report={report.data} />}
      <TrustParts trust={chosen ?? report.data.whole} suiteId={suiteId} />
    </div>
  )
}

function TaskSelect({ report: { tasks } }: { report: SimTrustReport }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const [task, setTask] = useQueryPart('task')
  return (
    <span class="table-selects">
      <Select
        value={task || WHOLE}
        aria-label={t('trust.task')}
        onValue={(value) => setTask(value === WHOLE ? null : value)}
        options={[
          { value: WHOLE, label: t('trust.wholeSuite') },
          ...tasks.map(({ instruction, verdict }, at) => ({
            value: String(at),
            label: `${localized(instruction)} · ${t(`trust.verdict.${verdict}`)}`,
          })),
        ]}
      />
    </span>
  )
}

function TrustParts({ trust, suiteId }: { trust: Trust; suiteId: string }) {
  const { t } = useI18n()
  if (trust.policies.length === 0)
    return (
      <EmptyState icon="chart" title={t('trust.none')}>
        <Gaps trust={trust} />
        <p>
          <a href={paths.evaluate({ tab: 'rollouts', suiteId })}>{t('board.itsRollouts')}</a>
        </p>
      </EmptyState>
    )
  return (
    <>
      <ScoreCard trust={trust} />
      <div class="columns columns-even">
        <RankSlopes trust={trust} />
        <ReasonTwins trust={trust} />
      </div>
    </>
  )
}

function ScoreCard({ trust }: { trust: Trust }) {
  const { t, number, percent } = useI18n()
  const { score, interval, verdict, ranks, failures, policies, chance } = trust
  const figure = (value: number) => number(value, { maximumFractionDigits: 2 })
  const failureCount = policies.reduce(
    (sum, { sim, real }) => sum + sim.namedFailureCount + real.namedFailureCount,
    0,
  )
  const rowOf = (
    id: 'score' | 'ranks' | 'failures',
    value: number | null,
    { ends, n }: { ends: { low: number; high: number } | null; n: number },
  ) => ({
    id,
    label: t(`trust.row.${id}`),
    measured:
      value === null
        ? null
        : {
            value: Math.max(0, value),
            n,
            ...(ends && { low: Math.max(0, ends.low), high: Math.max(0, ends.high) }),
          },
  })
  const n = policies.length
  return (
    <Card title={t('trust.title')}>
      <div class="stack">
        <p class="row">
          <VerdictTag verdict={verdict} />
          <span>
            {t(`trust.words.${verdict}`, { low: figure(interval.low), high: figure(interval.high) })}
          </span>
        </p>
        <DotPlot
          label={t('trust.title')}
          format="number"
          axis={UNIT}
          reference={{ value: HALF_WAY, label: t('trust.halfWay') }}
          rows={[
            rowOf('score', score, { ends: interval, n }),
            rowOf('ranks', ranks.spearman.value, { ends: ranks.spearman.interval, n }),
            rowOf('failures', failures.value, { ends: failures.interval, n: failureCount }),
          ]}
        />
        <Gaps trust={trust} />
        {chance !== null && <p class="quiet prose">{t('trust.chance', { n, share: percent(chance, 1) })}</p>}
        <p class="quiet prose">{t('trust.explained')}</p>
      </div>
    </Card>
  )
}

const TONES = { agrees: 'good', disagrees: 'bad', 'too-little': 'attention' } as const

function VerdictTag({ verdict }: Pick<Trust, 'verdict'>) {
  const { t } = useI18n()
  return (
    <Tag tone={TONES[verdict]} {...(verdict === 'too-little' ? { icon: 'waiting' as const } : {})}>
      {t(`trust.verdict.${verdict}`)}
    </Tag>
  )
}

/** What would have to be run for more to be said. */
function Gaps({ trust: { gaps } }: { trust: Trust }) {
  const { t } = useI18n()
  return gaps.map(({ what, have, need }) => <p key={what}>{t(`trust.gap.${what}`, { have, need })}</p>)
}
