import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Client, createClient } from '@chiron/client'
import {
  accountRoutes,
  deploymentRoutes,
  mediaPaths,
  ontologyRoutes,
  policyRoutes,
  type RolloutDraft,
  rolloutRoutes,
  suiteRoutes,
} from '@chiron/contract'
import { goOnWatching, openSeriesWatch, whatMoved, whereMoved } from '@chiron/core/drift'
import { sha256, toHex } from '@chiron/core/kit'
import type { SuiteContent } from '@chiron/core/suite'
import { ffmpegPath } from '@chiron/formats/node'
import pg from 'pg'
import { sendWhole } from '../faults/tus-sender.ts'
import type { Instance } from '../instance.ts'
import { signInAsMember } from './worker-phone.ts'

const en = (text: string) => ({ en: text })
const factor = (key: 'object' | 'light' | 'clutter', levels: readonly string[]) => ({
  key,
  kind: key,
  label: { en: key[0]?.toUpperCase() + key.slice(1) },
  levels: levels.map((level) => ({ key: level, label: en(level) })),
})
const scenario = (object: string, light: string, clutter: string) => ({
  key: `${object}-${light}-${clutter}`,
  instruction: en(`Put the ${object} into the box.`),
  settings: { object, light, clutter },
})

/** Three factors; a spoon cannot be seen in the dim, and some pairs are set up by nothing. */
export const KITCHEN: SuiteContent = {
  factors: [
    factor('object', ['cup', 'bowl', 'plate', 'spoon']),
    factor('light', ['bright', 'dim', 'backlit']),
    factor('clutter', ['none', 'some']),
  ],
  impossible: [{ object: 'spoon', light: 'dim' }],
  scenarios: [
    scenario('cup', 'bright', 'none'),
    scenario('cup', 'dim', 'some'),
    scenario('bowl', 'bright', 'some'),
    scenario('bowl', 'backlit', 'none'),
    scenario('plate', 'bright', 'none'),
    scenario('spoon', 'bright', 'some'),
  ],
  criteria: {
    success: en('It lies in the box, upright, and the hand has let go.'),
    milestones: [
      { key: 'touched', label: en('It is touched') },
      { key: 'lifted', label: en('It is lifted') },
    ],
    timeLimitMs: 60_000,
  },
  outcomeIds: ['outcome.success', 'outcome.failure'],
  failureIds: ['failure.dropped', 'failure.collision'],
}

const JOINTS = ['shoulder', 'elbow', 'wrist', 'gripper', 'base', 'roll', 'pitch']
const CLIP_SECONDS = 3
const STATE_STARTS_MS = 100

export type ArenaLab = {
  key: Key
  client: Client
  policyId: string
  /** Two states of the policy, the later one first. */
  versionIds: readonly [string, string]
  /** Frozen in version 1, a draft in version 2 that lost a scenario and got another. */
  suiteId: string
  /** With two cameras and seven joints; with joints alone; with nothing but how it ended. */
  filmed: string
  felt: string
  told: string
  rolloutCount: number
}

export type Key = { url: string; headers: Record<string, string>; client: Client }

type Member = Awaited<ReturnType<typeof signInAsMember>>

/** A key of the workspace, as an evaluation script has one. */
export async function keyOf(instance: Instance, who?: Member): Promise<Key> {
  const owner = who ?? (await signInAsMember(instance, 'owner'))
  const { secret } = await owner(accountRoutes.makeKey, { body: { name: 'evaluation', role: 'manager' } })
  const headers = { authorization: `Bearer ${secret}` }
  const client = createClient({
    baseUrl: instance.url,
    fetch: (to, init) => fetch(to, { ...init, headers: { ...(init?.headers as object), ...headers } }),
  })
  return { url: instance.url, headers, client }
}

/** Two policies, a suite, and rollouts with and without streams. */
export async function fillArena(instance: Instance, known?: Key): Promise<ArenaLab> {
  const key = known ?? (await keyOf(instance))
  const { client } = key
  const suiteId = await makeSuite(client)
  const policy = await client.call(policyRoutes.create, { body: { name: 'pi-zero' } })
  const params = { policyId: policy.id }
  const note = 'Trained on the first week of recordings.'
  const early = await client.call(policyRoutes.addVersion, { params, body: { label: 'step-20k', note } })
  const weightsSha256 = toHex(sha256('weights'))
  const late = await client.call(policyRoutes.addVersion, {
    params,
    body: { label: 'step-40k', weightsSha256 },
  })
  const add = async (name: string, change: Partial<RolloutDraft>) =>
    (
      await client.call(rolloutRoutes.add, {
        body: {
          digest: toHex(sha256(name)),
          policyVersionId: late.id,
          suiteId,
          suiteVersion: 1,
          scenarioKey: 'cup-bright-none',
          world: 'real',
          ...change,
        },
      })
    ).id
  const keys = KITCHEN.scenarios.map((each) => each.key)
  const runs = 24
  for (let at = 0; at < runs; at += 1) {
    const success = at % 3 !== 0
    await add(`run ${at}`, {
      policyVersionId: at % 2 === 0 ? early.id : late.id,
      scenarioKey: keys[at % keys.length] ?? null,
      world: at % 4 === 0 ? 'sim' : 'real',
      success,
      ...(success ? {} : { failureId: 'failure.dropped' }),
      progress: success ? 1 : 0.4,
      seed: at,
    })
  }
  const told = await add('told', { success: null, progress: 0.5 })
  const state = { name: 'state', kind: 'trajectory' as const, startMs: STATE_STARTS_MS }
  const streams = [{ ...state, uploadId: await upload(key, jointsCsv()) }]
  const felt = await add('felt', { success: true, streams })
  const filmed = await add('filmed', {
    success: false,
    failureId: 'failure.dropped',
    progress: 0.6,
    score: 3.5,
    seed: 7,
    note: 'The cup tips over as the gripper opens too early.\nSecond try of the day.',
    streams: [
      { name: 'front', kind: 'video', uploadId: await upload(key, makeClip('testsrc2')) },
      { name: 'wrist', kind: 'video', uploadId: await upload(key, makeClip('testsrc')), startMs: 40 },
      { ...state, uploadId: await upload(key, jointsCsv()) },
    ],
  })
  const versionIds = [late.id, early.id] as const
  return { key, client, policyId: policy.id, versionIds, suiteId, filmed, felt, told, rolloutCount: runs + 3 }
}

/** The earlier version, filmed at what the later one was filmed at: only then can the two be compared. */
export async function filmEarlier({ key, suiteId, versionIds }: ArenaLab): Promise<string> {
  const streams = [
    { name: 'front', kind: 'video' as const, uploadId: await upload(key, makeClip('testsrc2')) },
  ]
  const where = { suiteId, suiteVersion: 1, scenarioKey: 'cup-bright-none', world: 'real' as const }
  const digest = toHex(sha256('filmed earlier'))
  const body = { digest, policyVersionId: versionIds[1], ...where, success: true, streams }
  return (await key.client.call(rolloutRoutes.add, { body })).id
}

export async function makeSuite(client: Client, name = 'Kitchen, one arm'): Promise<string> {
  const { items } = await client.call(ontologyRoutes.list)
  const [ontology] = items
  if (!ontology) throw new Error('the demo workspace has a vocabulary')
  const made = await client.call(suiteRoutes.create, {
    body: { name, ontologyId: ontology.id, ontologyVersion: ontology.latestVersion },
  })
  const { suiteId } = made
  const params = { suiteId, version: 1 }
  const draft = await client.call(suiteRoutes.change, {
    params,
    body: { revision: made.revision, content: KITCHEN },
  })
  await client.call(suiteRoutes.freeze, { params, body: { revision: draft.revision } })
  const next = await client.call(suiteRoutes.draftNext, { params: { suiteId } })
  const content = {
    ...KITCHEN,
    scenarios: [...KITCHEN.scenarios.slice(1), scenario('plate', 'dim', 'some')],
  }
  await client.call(suiteRoutes.change, {
    params: { suiteId, version: next.version },
    body: { revision: next.revision, content },
  })
  return suiteId
}

export async function upload(
  { url, headers }: Key,
  bytes: Buffer,
  purpose: 'rollout' | 'embodiment' = 'rollout',
): Promise<string> {
  const target = { url: `${url}${mediaPaths.uploads}`, headers }
  return (await sendWhole(target, { bytes, metadata: { purpose } })).uploadId
}

function makeClip(source: string): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-arena-'))
  const file = path.join(folder, 'clip.mp4')
  const input = `${source}=size=480x360:rate=30:duration=${CLIP_SECONDS}`
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', input]
  execFileSync(ffmpegPath(), [
    ...quiet,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    file,
  ])
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true, force: true })
  return bytes
}

/** Fifty rows a second; each joint swings on its own. */
function jointsCsv(): Buffer {
  const rows = Array.from({ length: CLIP_SECONDS * 50 }, (_, at) => {
    const seconds = at / 50
    const values = JOINTS.map((_, joint) => Math.sin(seconds * (joint + 1) + joint).toFixed(4))
    return [at * 20, ...values].join(',')
  })
  return Buffer.from(`${['time_ms', ...JOINTS].join(',')}\n${rows.join('\n')}\n`)
}

export type Votes = { leftId: string; rightId: string; leftWins: number; ties: number; rightWins: number }

/** The database of an instance, for what only time or many people would bring about. */
async function inDatabase(instance: Instance, change: (database: pg.Client) => Promise<void>): Promise<void> {
  const [, , , , folder] = readFileSync(path.join(instance.home, 'postgres/postmaster.pid'), 'utf8').split(
    '\n',
  )
  const connectionString = `postgres://postgres@/chiron?host=${encodeURIComponent(folder ?? '')}&port=5432`
  const database = new pg.Client({ connectionString })
  await database.connect()
  try {
    await change(database)
  } finally {
    await database.end()
  }
}

/** Counts as blind comparisons leave them, on version 1 of the suite: what a leaderboard is read from. */
export const countVotes = (instance: Instance, lab: ArenaLab, votes: readonly Votes[]): Promise<void> =>
  inDatabase(instance, async (database) => {
    for (const { leftId, rightId, leftWins, ties, rightWins } of votes)
      await database.query(
        `insert into comparison_tally
           (workspace_id, suite_id, suite_version, world, scenario_key, left_version_id, right_version_id,
            left_wins, ties, right_wins, both_bad, changed_at)
         select workspace_id, id, 1, 'real', 'cup-bright-none', $2, $3, $4, $5, $6, 0, now() from suite where id = $1`,
        [lab.suiteId, leftId, rightId, leftWins, ties, rightWins],
      )
  })

/** A third policy on the suite, weak there, and how all three did where they work, in two months. */
export async function reportUse({ client, suiteId, versionIds }: ArenaLab): Promise<void> {
  const { id: policyId } = await client.call(policyRoutes.create, { body: { name: 'diffusion' } })
  const params = { policyId }
  const { id: weak } = await client.call(policyRoutes.addVersion, { params, body: { label: 'v1' } })
  const where = { suiteId, suiteVersion: 1, scenarioKey: 'cup-bright-none', world: 'real' as const }
  for (let at = 0; at < 4; at += 1) {
    const digest = toHex(sha256(`weak ${at}`))
    const body = { digest, policyVersionId: weak, ...where, success: at === 0 }
    await client.call(rolloutRoutes.add, { body })
  }
  const months = [
    ['2026-09', [80, 60, 20]],
    ['2026-10', [75, 62, 30]],
  ] as const
  for (const [month, counts] of months)
    for (const [at, successCount] of counts.entries())
      await client.call(deploymentRoutes.add, {
        body: {
          clientId: `${month} ${at}`,
          policyVersionId: [...versionIds, weak][at]!,
          task: 'clear the table',
          place: 'Lyon',
          happenedAt: `${month}-15T12:00:00.000Z`,
          successCount,
          failureCount: 100 - successCount,
        },
      })
}

/** Runs of the later version as core sees them: in the dim nearly all fall since; the last to fall is the filmed one. */
function fallenWatch({ filmed, told }: ArenaLab) {
  const run = (at: number, isSince: boolean) => {
    const isDim = at % 2 === 1
    const fails = isDim && (isSince ? at % 8 !== 1 : at % 20 === 5)
    return {
      id: fails && isSince ? filmed : told,
      value: fails ? 'failure.dropped' : 'success',
      cohorts: [`light:${isDim ? 'dim' : 'bright'}`],
    }
  }
  const setAside = Array.from({ length: 100 }, (_, at) => run(at, false))
  const opened = openSeriesWatch(setAside, ['success', 'failure.dropped', 'failure.collision', 'failure'])
  const came = Array.from({ length: 150 }, (_, at) => run(at, true))
  return { setAside, watch: goOnWatching(opened, came, { alpha: 0.01, seed: 'fallen' }).watch }
}

/** An alarm as the sweep leaves it: it waits for rollouts to settle, and a test does not. */
export async function raiseAlarm(instance: Instance, lab: ArenaLab): Promise<void> {
  const { setAside, watch } = fallenWatch(lab)
  const { state, cohorts, examples, categories } = watch
  if (state.alarmAt === null) throw new Error('the watch rings')
  const moved = whatMoved(state, categories)
  const focus = 'failure.dropped'
  const fallen = categories.indexOf(focus)
  const light = new Map(Object.entries(cohorts).map(([name, counts]) => [name.split(':')[1] ?? '', counts]))
  const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
  const explained = {
    beforeCount: sum(state.before),
    afterCount: sum(state.after),
    logEvidence: state.logEvidence,
    moved,
    focus,
    where: [{ what: 'light', cohorts: whereMoved(light, fallen) }],
    examples: { before: [], after: [...new Set(examples.after[fallen])] },
  }
  const about = { policyVersionId: lab.versionIds[0], suiteId: lab.suiteId, suiteVersion: 1, world: 'real' }
  await inDatabase(instance, async (database) => {
    // The sweep may look in between, and may have a watch of its own on this.
    await database.query('begin')
    const { rows } = await database.query<{ id: string }>(
      `insert into drift_watch (workspace_id, id, series, about_key, about, phase, epoch, recent, state, began_at, changed_at)
       select workspace_id, '01938f00-0000-7000-8000-0000000000aa', 'success', $2::text, $2::text::jsonb, 'rang', 1, $3, $4, now(), now()
       from suite where id = $1
       on conflict (workspace_id, series, about_key) do update set phase = 'rang', state = excluded.state returning id`,
      [lab.suiteId, aboutKey(about), JSON.stringify(setAside), JSON.stringify(watch)],
    )
    await database.query(
      `insert into drift_alarm (workspace_id, id, watch_id, epoch, explained, raised_at)
       select workspace_id, '01938f00-0000-7000-8000-0000000000ab', $2, 1, $3, now() from suite where id = $1`,
      [lab.suiteId, rows[0]?.id, JSON.stringify(explained)],
    )
    await database.query('commit')
  })
}

const aboutKey = (about: object): string => JSON.stringify(about, Object.keys(about).sort())
