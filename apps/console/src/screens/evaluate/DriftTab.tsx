import { type Drift, type DriftWatchShown, driftRoutes } from '@chiron/contract'
import { Card, EmptyState, Skeleton, Tag, useI18n } from '@chiron/ui'
import { EvidencePlot } from '@chiron/ui/charts'
import '@chiron/ui/player.css'
import { useAsk } from '../../data/queries.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { AlarmCard } from './AlarmCard.tsx'
import { useCategoryName, useWatchName } from './drift-names.ts'

const MATTERS = ['policy', 'raters', 'tasks', 'capture'] as const
/** What is watched whole; of more the rest is counted. */
const MOST_SHOWN = 24

/** Whether what comes in is still what came in before: alarms with what moved, and every series that is watched. */
export function DriftTab() {
  const { t } = useI18n()
  const drift = useAsk('drift', driftRoutes.read)
  if (drift.error && !drift.data) return <Trouble error={drift.error} onRetry={() => void drift.refetch()} />
  if (!drift.data) return <Skeleton lines={8} />
  const { watches, alarms } = drift.data
  if (watches.length === 0)
    return (
      <EmptyState icon="chart" title={t('drift.none')}>
        <p>{t('drift.noneText')}</p>
      </EmptyState>
    )
  return (
    <div class="stack">
      <AlarmRate drift={drift.data} />
      {alarms.map((alarm) => (
        <AlarmCard key={alarm.id} alarm={alarm} />
      ))}
      {alarms.length === 0 && <p class="prose">{t('drift.noAlarms')}</p>}
      {MATTERS.map((matter) => (
        <Matter key={matter} matter={matter} watches={watches.filter((watch) => watch.matter === matter)} />
      ))}
    </div>
  )
}

/** What the false-alarm rate means, for one series and for all that are watched. */
function AlarmRate({ drift: { alpha, watchCount } }: { drift: Drift }) {
  const { t, percent } = useI18n()
  return (
    <p class="quiet prose">
      {t('drift.rate', { alpha: percent(alpha) })}{' '}
      {watchCount > 0 &&
        t('drift.rateOfAll', { n: watchCount, any: percent(Math.min(1, alpha * watchCount)) })}
    </p>
  )
}

function Matter({ matter, watches }: { matter: string; watches: readonly DriftWatchShown[] }) {
  const { t } = useI18n()
  if (watches.length === 0) return null
  return (
    <section class="stack stack-tight">
      <h2 class="section-title">{t(`drift.matter.${matter}`)}</h2>
      <div class="board-factors">
        {watches.slice(0, MOST_SHOWN).map((watch) => (
          <WatchCard key={watch.id} watch={watch} />
        ))}
      </div>
      {watches.length > MOST_SHOWN && (
        <p class="quiet">{t('drift.more', { n: watches.length - MOST_SHOWN })}</p>
      )}
    </section>
  )
}

const TONES = { gathering: 'neutral', watching: 'good', rang: 'attention' } as const

function WatchCard({ watch }: { watch: DriftWatchShown }) {
  const { t, percent, number } = useI18n()
  const name = useWatchName()(watch)
  const nameOf = useCategoryName()
  const { phase, evidence, alarmAt, categories, gatheredCount, neededCount } = watch
  const seen = categories.filter(({ after }) => after !== null)
  return (
    <Card title={name} aside={<Tag tone={TONES[phase]}>{t(`drift.phase.${phase}`)}</Tag>}>
      {phase === 'gathering' ? (
        <p class="quiet">{t('drift.gathered', { n: gatheredCount, needed: number(neededCount) })}</p>
      ) : (
        <div class="stack stack-tight">
          <EvidencePlot
            label={t('drift.evidenceOf', { name })}
            values={evidence}
            alarmAt={alarmAt}
            alarmLabel={t('drift.alarm')}
          />
          <p class="quiet">{t('drift.evidenceKey')}</p>
          {seen.length === 0 && <p class="quiet">{t('drift.noBlock')}</p>}
          <ul class="plain-list drift-shares">
            {seen.map(({ name: category, before, after }) => (
              <li key={category} class="figure">
                {nameOf(watch.series, category)}{' '}
                {t('drift.fromTo', {
                  before: percent(before?.value ?? 0),
                  after: percent(after?.value ?? 0),
                })}{' '}
                <span class="quiet">{t('ui.chart.n', { n: number(after?.n ?? 0) })}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}
