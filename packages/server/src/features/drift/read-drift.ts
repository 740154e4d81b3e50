import type { Drift, DriftAlarmShown, DriftWatchShown } from '@chiron/contract'
import { wilsonShare } from '@chiron/core/quality'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read, type Tx } from '../../platform/tx.ts'
import { actorNames } from '../account/index.ts'
import { titlesOf } from '../campaign/index.ts'
import { boardNames, namesOfSuites } from '../evaluation/index.ts'
import { ALPHA, FIRST_COUNT } from './advance-watch.ts'
import type { Explained } from './explain-alarm.ts'
import { type About, SERIES, type SeriesName } from './series.ts'
import { type AlarmRow, listAlarms, listWatches, openAlarmCount, type WatchRow, watchesOf } from './store.ts'

/** Watches and alarms shown, the latest. */
const MAX_WATCHES = 200
const MAX_ALARMS = 100

/** What is watched, and the alarms with what moved. */
export function readDrift(ctx: Ctx): Promise<Drift> {
  may(ctx, 'drift.read')
  return read(ctx, async (tx) => {
    const workspaceId = workspaceOf(ctx)
    const watches = await listWatches(tx, workspaceId, MAX_WATCHES)
    const alarms = await listAlarms(tx, workspaceId, MAX_ALARMS)
    const rung = await watchesOf(tx, workspaceId, [...new Set(alarms.map((alarm) => alarm.watch_id))])
    const names = await namesFor(tx, workspaceId, [...watches, ...rung], alarms)
    const byId = new Map(rung.map((watch) => [watch.id, watch]))
    return {
      alpha: ALPHA,
      watchCount: watches.filter(({ phase }) => phase !== 'gathering').length,
      openAlarmCount: await openAlarmCount(tx, workspaceId),
      watches: watches.map((watch) => watchWire(watch, names)),
      alarms: alarms.flatMap((alarm) => {
        const watch = byId.get(alarm.watch_id)
        return watch ? alarmWire(alarm, watch, names) : []
      }),
    }
  })
}

export function countAlarms(ctx: Ctx): Promise<{ openAlarmCount: number }> {
  may(ctx, 'drift.read')
  return read(ctx, async (tx) => ({ openAlarmCount: await openAlarmCount(tx, workspaceOf(ctx)) }))
}

type Names = Awaited<ReturnType<typeof namesFor>>
/** Whose cohorts are people, and are shown by name. */
const PEOPLE = new Set(['rater', 'worker'])

async function namesFor(
  tx: Tx,
  workspaceId: string,
  watches: readonly WatchRow[],
  alarms: readonly AlarmRow[],
) {
  const all = (of: (about: About) => string | undefined) => [
    ...new Set(watches.flatMap(({ about }) => of(about) ?? [])),
  ]
  const cohorts = alarms.flatMap(({ explained }) => (explained as unknown as Explained).where)
  const idsOf = (isOf: (what: string) => boolean) =>
    cohorts.flatMap(({ what, cohorts: each }) => (isOf(what) ? each.map(({ cohort }) => cohort) : []))
  const acknowledgers = alarms.flatMap((alarm) => alarm.acknowledged_by ?? [])
  const versionIds = [...all(({ policyVersionId }) => policyVersionId), ...idsOf((what) => what === 'policy')]
  return {
    versions: await boardNames(tx, workspaceId, [...new Set(versionIds)]),
    suites: await namesOfSuites(
      tx,
      workspaceId,
      all(({ suiteId }) => suiteId),
    ),
    titles: await titlesOf(
      tx,
      all(({ campaignId }) => campaignId),
    ),
    people: await actorNames(tx, workspaceId, [...idsOf((what) => PEOPLE.has(what)), ...acknowledgers]),
  }
}

function aboutWire(about: About, { versions, suites, titles }: Names): DriftWatchShown['about'] {
  const version = about.policyVersionId === undefined ? undefined : versions.get(about.policyVersionId)
  return {
    policyVersionId: about.policyVersionId ?? null,
    policyId: version?.policyId ?? null,
    policyName: version?.policyName ?? null,
    policyLabel: version?.policyLabel ?? null,
    suiteId: about.suiteId ?? null,
    suiteName: suites.get(about.suiteId ?? '') ?? null,
    suiteVersion: about.suiteVersion ?? null,
    world: (about.world ?? null) as DriftWatchShown['about']['world'],
    campaignId: about.campaignId ?? null,
    campaignTitle: titles.get(about.campaignId ?? '') ?? null,
  }
}

function watchWire(row: WatchRow, names: Names): DriftWatchShown {
  const { id, series, about, phase, recent, state: watch, beganAt, changedAt } = row
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
  return {
    id,
    series,
    matter: SERIES[series],
    about: aboutWire(about, names),
    phase,
    gatheredCount: Math.min(recent.length, FIRST_COUNT),
    neededCount: FIRST_COUNT,
    beganAt: beganAt.toISOString(),
    changedAt: changedAt.toISOString(),
    evidence: [...(watch?.track ?? [])],
    alarmAt: -Math.log(ALPHA),
    categories: (watch?.categories ?? []).map((name, at) => ({
      name,
      before: wilsonShare(watch!.state.before[at]!, sum(watch!.state.before)),
      after: wilsonShare(watch!.state.after[at]!, sum(watch!.state.after)),
    })),
  }
}

const EXAMPLE_KINDS: Record<SeriesName, DriftAlarmShown['examples']['kind']> = {
  success: 'rollout',
  scenarios: 'rollout',
  votes: 'answer',
  pace: 'answer',
  brightness: 'episode',
  'frame-rate': 'episode',
}

function alarmWire(alarm: AlarmRow, { series, about }: WatchRow, names: Names): DriftAlarmShown {
  const { where, examples, moved, ...figures } = alarm.explained as unknown as Explained
  const nameOf = (what: string, cohort: string): string | null => {
    if (PEOPLE.has(what)) return names.people.get(cohort) ?? null
    const version = what === 'policy' ? names.versions.get(cohort) : undefined
    return version ? `${version.policyName} ${version.policyLabel}` : null
  }
  return {
    id: alarm.id,
    watchId: alarm.watch_id,
    series,
    matter: SERIES[series],
    about: aboutWire(about, names),
    raisedAt: alarm.raised_at.toISOString(),
    acknowledgedAt: alarm.acknowledged_at?.toISOString() ?? null,
    acknowledgedBy: names.people.get(alarm.acknowledged_by ?? '') ?? null,
    ...figures,
    moved: moved.map((each) => ({ ...each })),
    where: where.map(({ what, cohorts }) => ({
      what,
      cohorts: cohorts.map((each) => ({ ...each, name: nameOf(what, each.cohort) })),
    })),
    examples: { kind: EXAMPLE_KINDS[series], ...examples },
  }
}
