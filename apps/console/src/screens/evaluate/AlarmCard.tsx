import { type DriftAlarmShown, driftRoutes } from '@chiron/contract'
import { Button, Card, RelativeTime, Tag, useI18n } from '@chiron/ui'
import { IntervalBar } from '@chiron/ui/charts'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { paths } from '../../shell/paths.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { CollectButton } from './CollectButton.tsx'
import { useCategoryName, useWatchName } from './drift-names.ts'
import { ExampleClip } from './ExampleClip.tsx'
import { isolated } from './version-name.ts'

/** One alarm: what moved and by how much, where, the runs or recordings behind it, and who has seen it. */
export function AlarmCard({ alarm }: { alarm: DriftAlarmShown }) {
  const { t, number } = useI18n()
  const name = useWatchName()(alarm)
  return (
    <Card title={name} aside={<AlarmState alarm={alarm} />}>
      <div class="stack">
        <p class="quiet prose">
          {t('drift.raised', {
            before: number(alarm.beforeCount),
            after: number(alarm.afterCount),
            odds: number(Math.floor(Math.exp(Math.min(alarm.logEvidence, 20)))),
          })}{' '}
          <RelativeTime at={alarm.raisedAt} />
        </p>
        <Moved alarm={alarm} />
        <Where alarm={alarm} />
        <Examples alarm={alarm} />
        <Collect alarm={alarm} />
        <Acknowledge alarm={alarm} />
      </div>
    </Card>
  )
}

function AlarmState({ alarm: { acknowledgedAt, acknowledgedBy } }: { alarm: DriftAlarmShown }) {
  const { t } = useI18n()
  if (acknowledgedAt === null) return <Tag tone="attention">{t('drift.phase.rang')}</Tag>
  return <Tag tone="neutral">{t('drift.seenBy', { name: isolated(acknowledgedBy ?? '') })}</Tag>
}

function Moved({ alarm: { moved, series } }: { alarm: DriftAlarmShown }) {
  const { t } = useI18n()
  const nameOf = useCategoryName()
  return (
    <section class="stack stack-tight">
      <h3 class="small-title">{t('drift.moved')}</h3>
      {moved.map(({ category, before, after }) => (
        <div key={category} class="drift-moved">
          <strong>{nameOf(series, category)}</strong>
          <IntervalBar label={t('drift.before')} measured={before} />
          <IntervalBar label={t('drift.after')} measured={after} />
        </div>
      ))}
    </section>
  )
}

/** Which cohorts the growth of a category comes from, and whether they changed or only became more. */
function Where({ alarm: { where, focus, series } }: { alarm: DriftAlarmShown }) {
  const { t, number, percent, has } = useI18n()
  const nameOf = useCategoryName()
  const told = where.filter(({ cohorts }) => cohorts.some(({ byRate, byMix }) => byRate + byMix !== 0))
  if (told.length === 0) return null
  // Differences of shares are points, not percent of one.
  const signed = (value: number) => number(Math.round(value * 100), { signDisplay: 'exceptZero' })
  return (
    <section class="stack stack-tight">
      <h3 class="small-title">{t('drift.where', { category: nameOf(series, focus) })}</h3>
      <p class="quiet prose">{t('drift.whereWords')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus (WCAG 2.1.1) */}
      <section class="plain-scroll" aria-label={t('drift.whereTable')} tabIndex={0}>
        <table class="plain-table" aria-label={t('drift.whereTable')}>
          <thead>
            <tr>
              <th scope="col">{t('drift.cohort')}</th>
              <th scope="col">{t('drift.before')}</th>
              <th scope="col">{t('drift.after')}</th>
              <th scope="col" class="cell-numeric">
                {t('drift.byRate')}
              </th>
              <th scope="col" class="cell-numeric">
                {t('drift.byMix')}
              </th>
            </tr>
          </thead>
          <tbody>
            {told.flatMap(({ what, cohorts }) =>
              cohorts.map(({ cohort, name, before, after, byRate, byMix }) => (
                <tr key={`${what} ${cohort}`}>
                  <td>
                    <span class="quiet">{has(`drift.what.${what}`) ? t(`drift.what.${what}`) : what}</span>{' '}
                    <bdi>{name ?? cohort}</bdi>
                  </td>
                  {[before, after].map((share, at) => (
                    <td key={at === 0 ? 'before' : 'after'} class="figure">
                      {share ? percent(share.value) : '–'}{' '}
                      {share && <span class="quiet">{t('ui.chart.n', { n: share.n })}</span>}
                    </td>
                  ))}
                  <td class="cell-numeric">{signed(byRate)}</td>
                  <td class="cell-numeric">{signed(byMix)}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function Examples({ alarm: { examples, about, focus, series } }: { alarm: DriftAlarmShown }) {
  const { t } = useI18n()
  const nameOf = useCategoryName()
  if (examples.kind === 'answer')
    return about.campaignId && <a href={paths.judgement(about.campaignId)}>{t('drift.toJudgement')}</a>
  const sides = (['after', 'before'] as const).filter((side) => examples[side].length > 0)
  return (
    <section class="stack stack-tight">
      <h3 class="small-title">{t('drift.examples', { category: nameOf(series, focus) })}</h3>
      {sides.map((side) => (
        <div key={side} class="stack stack-tight">
          <p class="quiet">{t(`drift.${side}`)}</p>
          {examples.kind === 'rollout' ? (
            <div class="example-clips">
              {examples[side].slice(-2).map((id) => (
                <ExampleClip key={id} rolloutId={id} />
              ))}
            </div>
          ) : (
            <p class="row">
              {examples[side].map((id) => (
                <a key={id} href={paths.episode(id)}>
                  {t('drift.recording', { id: id.slice(-6) })}
                </a>
              ))}
            </p>
          )}
        </div>
      ))}
    </section>
  )
}

/** Of a policy that fails more: the campaign that would film the cases of the reason and the level that moved most. */
function Collect({ alarm: { series, about, focus, where } }: { alarm: DriftAlarmShown }) {
  const { suiteId, suiteVersion, policyVersionId, world } = about
  const factor = where.find(({ what }) => what !== 'scenario')
  const level = factor?.cohorts.find(({ byRate, byMix }) => byRate + byMix > 0)
  if (series !== 'success' || focus === 'success' || !factor || !level) return null
  if (!suiteId || !suiteVersion || !policyVersionId) return null
  const failureId = focus === 'failure' ? null : focus
  const order = {
    policyVersionId,
    world: world ?? 'real',
    failureId,
    factor: factor.what,
    factorLevel: level.cohort,
  }
  return (
    <p>
      <CollectButton suiteId={suiteId} version={suiteVersion} order={order} />
    </p>
  )
}

function Acknowledge({ alarm: { id, acknowledgedAt } }: { alarm: DriftAlarmShown }) {
  const { t } = useI18n()
  const may = useMay()
  const act = useAct(
    () => client.call(driftRoutes.acknowledge, { params: { alarmId: id } }),
    ['drift', 'drift-count'],
  )
  if (acknowledgedAt !== null || !may('drift.acknowledge')) return null
  return (
    <div class="stack stack-tight">
      {act.error && <Trouble error={act.error} onRetry={() => void act.run()} />}
      <p class="row">
        <Button icon="check" busy={act.busy} onClick={() => void act.run()}>
          {t('drift.acknowledge')}
        </Button>
        <span class="quiet">{t('drift.acknowledgeWords')}</span>
      </p>
    </div>
  )
}
