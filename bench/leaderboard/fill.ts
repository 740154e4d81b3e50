import { goOnWatching, openSeriesWatch, type Sighting, whatMoved } from '@chiron/core/drift'
import { seededRandom } from '@chiron/core/kit'
import pg from 'pg'
import type { Lab } from '../../tests/faults/lab.ts'
import type { Bench, Size } from './open.ts'

const WATCHES = 2000
const OTHER_POLICIES = 300
const OTHER_SUITES = 100
const REPORTS = 200_000
/** One id after another, in the order of `n`: as ids of this house rise with time. */
const ID = `('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
/** Spreads neighbours over 0 to 999, the same in every run. */
const DICE = '((n::bigint * 2654435761) % 4294967296 / 4294967.296)::int'

interface Place extends Size {
  workspaceId: string
  bench: Bench
}

/** What so many rollouts and votes leave in the tables that the pages read. Votes are there as the counts kept with each. */
export async function fill(url: string, { workspaceId }: Lab, bench: Bench, size: Size): Promise<void> {
  const database = new pg.Client({ connectionString: url })
  await database.connect()
  // References hold by construction; looking each of millions up would take most of the time.
  await database.query('set session_replication_role = replica')
  const place = { ...size, workspaceId, bench }
  for (const part of [rollouts, rolloutCounts, votes, ratings, others, deployments, watches]) {
    const startMs = performance.now()
    await part(database, place)
    console.log(`${part.name}: ${((performance.now() - startMs) / 1000).toFixed(0)} s`)
  }
  await database.query('vacuum analyze')
  await database.end()
}

/** The oldest have no outcome and the newest are simulated, so that what is filtered for is not spread evenly. */
async function rollouts(database: pg.Client, { workspaceId, bench, ...size }: Place): Promise<void> {
  await database.query(
    `insert into blob select $1, '01900000-0000-7000-8000-000000000000', 'rollout', 'video/mp4', 1, '', null, now(), null`,
    [workspaceId],
  )
  await database.query(
    `insert into rollout (workspace_id, id, digest, body_sha256, policy_id, policy_version_id, suite_id, suite_version,
       scenario_key, world, success, failure_id, duration_ms, created_at)
     select $1, ${ID}, encode(sha256(n::text::bytea), 'hex'), '', $2, ($3::uuid[])[1 + n % $4::int], $5, 1, 's' || (n / $4::int) % $6::int,
       case when n >= 0.9 * $7::int then 'sim' else 'real' end, ok,
       case when ok = false and dice % 5 < 4 then ($8::text[])[1 + case when n < 0.9 * $7::int then dice % 4 else dice % 3 end] end,
       10000, '2026-01-01'::timestamptz + n * interval '10 seconds'
     from (select n, ${DICE} as dice, case when n < 0.05 * $7::int then null
         else ${DICE} < 300 + 400 * (n % $4::int) / $4::int end as ok
       from generate_series(0, $7::int - 1) n) each`,
    [
      ...[workspaceId, bench.policyId, bench.versionIds, size.versions, bench.suiteId, size.scenarios],
      ...[size.rollouts, bench.failureIds],
    ],
  )
  await database.query(
    `insert into rollout_stream (workspace_id, rollout_id, name, kind, blob_id, bytes, sha256, mime, start_ms, duration_ms,
       sample_count, codec, fps, width, height)
     select $1, ${ID}, 'front', 'video', '01900000-0000-7000-8000-000000000000', 1, repeat('0', 64), 'video/mp4', 0, 10000, 300, 'avc', 30, 640, 480
     from generate_series(0, $2::int - 1) n`,
    [workspaceId, size.rollouts],
  )
}

async function rolloutCounts(database: pg.Client, { workspaceId }: Place): Promise<void> {
  const cell = 'workspace_id, policy_version_id, suite_id, suite_version, scenario_key, world'
  await database.query(
    `insert into rollout_tally (${cell}, rollout_count, success_count, failure_count)
     select ${cell}, count(*), count(*) filter (where success), count(*) filter (where not success)
     from rollout where workspace_id = $1 group by ${cell}`,
    [workspaceId],
  )
  await database.query(
    `insert into rollout_failure_tally (${cell}, failure_id, failure_count)
     select ${cell}, failure_id, count(*) from rollout
     where workspace_id = $1 and failure_id is not null group by ${cell}, failure_id`,
    [workspaceId],
  )
}

/** Versions a little apart; each rater has met every two of them on both sides. */
async function votes(database: pg.Client, { workspaceId, bench, ...size }: Place): Promise<void> {
  const pairs = size.versions * (size.versions - 1)
  const counts = `ceil($4::float8 * (0.4 + 0.01 * (a.place - b.place))), ceil($4::float8 * 0.2),
    ceil($4::float8 * (0.4 - 0.01 * (a.place - b.place)))`
  const versions = `(select id, row_number() over (order by label) as place from policy_version
    where workspace_id = $1 and policy_id = $5)`
  await database.query(
    `insert into comparison_tally select $1, $2, 1, 'real', 's' || n, a.id, b.id, ${counts}, 0, 0, 0, 0, now()
     from ${versions} a cross join ${versions} b cross join generate_series(0, $3::int - 1) n where a.id <> b.id`,
    [workspaceId, bench.suiteId, size.scenarios, size.votes / (pairs * size.scenarios), bench.policyId],
  )
  const worker = ID.replace('0190', '0191')
  await database.query(
    `insert into worker (id, name, handle, locale, created_at)
     select ${worker}, 'Rater ' || n, 'rater-' || n, 'en', now() from generate_series(0, $1::int - 1) n`,
    [size.raters],
  )
  await database.query(
    `insert into enrolment (workspace_id, worker_id, pseudonym, joined_at)
     select $1, ${worker}, 'rater-' || n, now() from generate_series(0, $2::int - 1) n`,
    [workspaceId, size.raters],
  )
  await database.query(
    `insert into comparison_rater (workspace_id, suite_id, suite_version, world, worker_id, left_version_id,
       right_version_id, left_wins, ties, right_wins)
     select $1, $2, 1, 'real', ${worker}, a.id, b.id, ${counts}
     from ${versions} a cross join ${versions} b cross join generate_series(0, $3::int - 1) n where a.id <> b.id`,
    [workspaceId, bench.suiteId, size.raters, size.votes / (pairs * size.raters), bench.policyId],
  )
  await database.query(
    `insert into comparison_gold select $1, $2, 1, 'real', ${worker}, 20, 15 + n % 5 from generate_series(0, $3::int - 1) n`,
    [workspaceId, bench.suiteId, size.raters],
  )
}

/** Every other rollout was rated by three. */
async function ratings(database: pg.Client, { workspaceId }: Place): Promise<void> {
  await database.query(
    `insert into rollout_rating select workspace_id, id, 'scale.balance-recovery', policy_version_id, suite_id,
       suite_version, world, scenario_key, array[1 + n % 5, 1 + n % 4, 1 + n % 3], (3 + n % 5 + n % 4 + n % 3) / 3.0,
       array[id, id, id]
     from (select *, row_number() over (order by id) as n from rollout where workspace_id = $1) r where n % 2 = 0`,
    [workspaceId],
  )
  const cell = 'workspace_id, suite_id, suite_version, world, policy_version_id, scenario_key, scale_id'
  await database.query(
    `insert into rating_tally select ${cell}, count(*), 3 * count(*), sum(value), sum(value * value)
     from rollout_rating where workspace_id = $1 group by ${cell}`,
    [workspaceId],
  )
}

/** The rest of the lists: policies and suites beside those that are compared. */
async function others(database: pg.Client, { workspaceId, bench }: Place): Promise<void> {
  const id = (kind: string) => ID.replace('0190', kind)
  await database.query(
    `insert into policy select $1, ${id('0192')}, 'Policy ' || n, now() from generate_series(1, $2::int) n`,
    [workspaceId, OTHER_POLICIES],
  )
  await database.query(
    `insert into policy_version (workspace_id, id, policy_id, label, created_at)
     select $1, ${id('0193')}, (select id from policy where name = 'Policy ' || 1 + n / 5), 'v' || n % 5, now()
     from generate_series(0, $2::int * 5 - 1) n`,
    [workspaceId, OTHER_POLICIES],
  )
  await database.query(
    `insert into suite select $1, ${id('0194')}, 'Suite ' || n, now() from generate_series(1, $2::int) n`,
    [workspaceId, OTHER_SUITES],
  )
  await database.query(
    `insert into suite_version (workspace_id, suite_id, version, ontology_id, ontology_version, content, envelope, sha256,
       created_at, changed_at, frozen_at)
     select $1, ${id('0194')}, v, ontology_id, ontology_version, content, envelope, sha256, now(), now(), now()
     from generate_series(1, $2::int) n cross join generate_series(1, 3) v cross join suite_version b
     where b.suite_id = $3 and b.version = 1`,
    [workspaceId, OTHER_SUITES, bench.suiteId],
  )
}

/** Two years of reports from twenty tasks. */
async function deployments(database: pg.Client, { workspaceId, bench, versions }: Place): Promise<void> {
  await database.query(
    `insert into deployment (workspace_id, id, client_id, body_sha256, policy_version_id, task, place, happened_at,
       success_count, failure_count, created_at)
     select $1, ${ID}, n::text, '', ($2::uuid[])[1 + n % $3::int], 'task ' || (n / $3::int) % 20, 'plant',
       '2025-01-01'::timestamptz + n * interval '5 minutes', (${DICE} % 3 > 0)::int, (${DICE} % 3 = 0)::int, now()
     from generate_series(0, $4::int - 1) n`,
    [workspaceId, bench.versionIds, versions, REPORTS],
  )
  await database.query(
    `insert into deployment_tally select workspace_id, policy_version_id, task, happened_at::date,
       sum(success_count), sum(failure_count) from deployment where workspace_id = $1 group by 1, 2, 3, 4`,
    [workspaceId],
  )
}

/** Watches that have seen much, each of which rang. */
async function watches(database: pg.Client, { workspaceId, bench }: Place): Promise<void> {
  const dice = seededRandom('watch')
  const seen = (count: number, rate: number): Sighting[] =>
    Array.from({ length: count }, (_, at) => ({
      id: `01900000-0000-7000-8000-${String(at).padStart(12, '0')}`,
      value: dice.next() < rate ? 'success' : 'failure',
      cohorts: [`scenario:s${dice.int(30)}`, `light:l${dice.int(10)}`, `pose:l${dice.int(10)}`],
    }))
  const before = seen(200, 0.8)
  const opened = openSeriesWatch(before, ['success', 'failure'])
  const { watch } = goOnWatching(opened, seen(1000, 0.5), { alpha: 0.01, seed: 'bench' })
  const about = {
    policyVersionId: bench.versionIds[0],
    suiteId: bench.suiteId,
    suiteVersion: 1,
    world: 'real',
  }
  await database.query(
    `insert into drift_watch select $1, ${ID}, 'success', n::text, $2::jsonb, 'rang', 1, $3::jsonb, $4::jsonb,
       now(), now() - n * interval '1 minute' from generate_series(1, $5::int) n`,
    [workspaceId, JSON.stringify(about), JSON.stringify(before), JSON.stringify(watch), WATCHES],
  )
  const explained = {
    ...{ beforeCount: 200, afterCount: 1000, logEvidence: 9, focus: 'failure' },
    moved: whatMoved(watch.state, watch.categories),
    where: [],
    examples: { before: before.slice(0, 3).map(({ id }) => id), after: [] },
  }
  await database.query(
    `insert into drift_alarm select $1, id, id, 1, $2::jsonb, now(), null, null from drift_watch where workspace_id = $1`,
    [workspaceId, JSON.stringify(explained)],
  )
}
