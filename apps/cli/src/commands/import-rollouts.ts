import fs from 'node:fs/promises'
import path from 'node:path'
import { type RolloutDraft, rolloutRoutes } from '@chiron/contract'
import { jcs, Refusal, sha256, toHex } from '@chiron/core/kit'
import { fileSource, readFolder } from '@chiron/formats/node'
import {
  type FoundRollout,
  lerobotRollouts,
  manifestRollouts,
  mcapRollout,
  type RolloutResult,
} from '@chiron/formats/rollout'
import { type ConnectionOptions, connect, type Server } from '../connection.ts'
import { DoesNotHold, Unreachable, UsageError } from '../exit.ts'
import { endProgress, print, progress } from '../print.ts'
import { embodimentId, policyVersionId, suiteOf } from './arena-names.ts'
import { upload } from './upload.ts'

export type RolloutsFormat = 'lerobot' | 'mcap' | 'csv'
export interface RolloutsOptions extends ConnectionOptions {
  json?: boolean
  policy: string
  world: string
  suite?: string
  scenario?: string
  embodiment?: string
  dryRun?: boolean
}
type Order = RolloutsOptions & { format: RolloutsFormat; path: string }

interface Outcome {
  file: string
  row: number | null
  rolloutId?: string
  /** It was there already. */
  known?: boolean
  leftOut?: readonly string[]
  /** Why it did not come in, in words. */
  fault?: string
}

/** What all rollouts of one import share. */
type Common = Pick<RolloutDraft, 'policyVersionId' | 'suiteId' | 'suiteVersion' | 'embodimentId'>

/** Brings in each rollout by itself: one that cannot come in keeps no other out, a server that is gone does. */
export async function importRollouts(order: Order): Promise<void> {
  if (order.world !== 'real' && order.world !== 'sim')
    throw new UsageError(`--world ${order.world} is neither real nor sim.`)
  const results = await rolloutsIn(order)
  const target = order.dryRun ? undefined : await targetOf(order)
  const outcomes: Outcome[] = []
  for await (const result of results) {
    outcomes.push(await outcomeOf(result, order, target))
    progress(
      `${outcomes.length} read, ${outcomes.filter(({ fault }) => fault).length} of them not brought in`,
    )
  }
  endProgress()
  report(outcomes, order)
}

async function rolloutsIn({ format, path: given }: Order): Promise<AsyncIterable<RolloutResult>> {
  const target = path.resolve(given)
  const stat = await fs.stat(target).catch(() => undefined)
  if (!stat) throw new UsageError(`${given} does not exist.`)
  if (format === 'mcap') return mcapFiles(target, stat.isDirectory())
  if (format === 'csv') {
    if (!stat.isFile()) throw new UsageError(`${given} is not a CSV file.`)
    const text = await fs.readFile(target, 'utf8')
    return manifestRollouts(path.basename(target), text, readFolder(path.dirname(target)))
  }
  if (!stat.isDirectory()) throw new UsageError(`${given} is not the folder of a data set.`)
  return readable(lerobotRollouts(readFolder(target)))
}

/** A data set that cannot be read at all is one fault. */
async function* readable(results: AsyncGenerator<RolloutResult>): AsyncGenerator<RolloutResult> {
  try {
    yield* results
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    yield { ok: false, fault: { file: String(cause.facts.path ?? ''), row: null, reason: cause.message } }
  }
}

async function* mcapFiles(target: string, isFolder: boolean): AsyncGenerator<RolloutResult> {
  const names = isFolder ? (await fs.readdir(target)).filter((name) => name.endsWith('.mcap')).sort() : ['']
  if (names.length === 0) throw new UsageError(`There is no .mcap file in ${target}.`)
  for (const name of names) {
    const file = path.join(target, name)
    yield await mcapRollout(path.basename(file), await fileSource(file))
  }
}

async function targetOf(order: Order): Promise<{ server: Server; common: Common }> {
  const server = await connect(order)
  const suite = order.suite === undefined ? {} : await suiteOf(server, order.suite)
  const body =
    order.embodiment === undefined ? {} : { embodimentId: await embodimentId(server, order.embodiment) }
  return {
    server,
    common: { policyVersionId: await policyVersionId(server, order.policy), ...suite, ...body },
  }
}

async function outcomeOf(
  result: RolloutResult,
  order: Order,
  target: { server: Server; common: Common } | undefined,
): Promise<Outcome> {
  if (!result.ok) return { file: result.fault.file, row: result.fault.row, fault: result.fault.reason }
  const { file, row, leftOut } = result.rollout
  if (!target) return { file, row, leftOut }
  try {
    return {
      file,
      row,
      leftOut,
      ...(await bringIn(target.server, draftOf(result.rollout, order, target.common), result.rollout)),
    }
  } catch (cause) {
    if (cause instanceof Unreachable) throw cause
    return { file, row, fault: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** The same run under the same policy version has the same digest, whenever and from wherever it is brought in. */
function draftOf({ file, row, facts, streams }: FoundRollout, order: Order, common: Common): RolloutDraft {
  const { task, success, score, progress: done, failure, seed, recordedAt, note } = facts
  const scenarioKey = facts.scenario ?? order.scenario
  const described = {
    ...(scenarioKey === undefined ? { ...common, suiteId: null, suiteVersion: null } : common),
    scenarioKey: scenarioKey ?? null,
    world: facts.world ?? (order.world as 'real' | 'sim'),
    task: (task ?? '').slice(0, 300),
    success: success ?? null,
    score: score ?? null,
    progress: done ?? null,
    failureId: failure ?? null,
    seed: seed ?? null,
    recordedAt: recordedAt ?? null,
    note: note ?? '',
  }
  const content = streams.map(({ name, startMs, bytes }) => ({ name, startMs, sha256: toHex(sha256(bytes)) }))
  const digest = toHex(sha256(jcs({ ...described, content, row })))
  return { ...described, digest, source: { format: order.format, file: file.slice(0, 300), row } }
}

/** Brings in one rollout with its streams, unless it is there. */
export async function bringIn(
  server: Server,
  draft: RolloutDraft,
  { streams }: Pick<FoundRollout, 'streams'>,
): Promise<{ rolloutId: string; known?: boolean }> {
  const { items } = await server.call(rolloutRoutes.list, { query: { digest: draft.digest } })
  if (items[0]) return { rolloutId: items[0].id, known: true }
  const sent: NonNullable<RolloutDraft['streams']> = []
  for (const { name, kind, startMs, bytes } of streams) {
    const uploadId = await upload(server, {
      content: Buffer.from(bytes),
      bytes: bytes.length,
      filename: name,
      purpose: 'rollout',
      sha256: toHex(sha256(bytes)),
      onProgress: (megabytes) => progress(`${name}: ${megabytes} MB`),
    })
    sent.push({ name, kind, startMs, uploadId })
  }
  const { id } = await server.call(rolloutRoutes.add, { body: { ...draft, streams: sent } })
  return { rolloutId: id }
}

function report(outcomes: readonly Outcome[], { json, dryRun }: Order): void {
  const out = outcomes.filter(({ fault }) => fault !== undefined)
  const known = outcomes.filter((each) => each.known).length
  const verb = dryRun ? 'can come in' : 'came in'
  const before = known > 0 ? `, ${known} of them before` : ''
  const tally = `${outcomes.length - out.length} of ${outcomes.length} ${verb}${before}.`
  print(json, outcomes, [...outcomes.flatMap(linesOf), tally])
  if (out.length > 0)
    throw new DoesNotHold(
      `${out.length} of ${outcomes.length} rollouts did not come in; the lines marked ✗ say why.`,
    )
}

function linesOf({ file, row, fault, rolloutId, known, leftOut = [] }: Outcome): string[] {
  const place = row === null ? file : `${file}, ${row}`
  if (fault !== undefined) return [`✗ ${place}: ${fault}`]
  const where = rolloutId === undefined ? '' : ` → rollout ${rolloutId}${known ? ' (was there)' : ''}`
  return [`✓ ${place}${where}`, ...leftOut.map((what) => `  left out: ${what}`)]
}
