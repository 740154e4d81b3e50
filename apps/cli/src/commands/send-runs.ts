import fs from 'node:fs/promises'
import path from 'node:path'
import {
  embodimentRoutes,
  ontologyRoutes,
  type RolloutDraft,
  type SuiteVersion,
  suiteRoutes,
} from '@chiron/contract'
import { jcs, sha256, toHex } from '@chiron/core/kit'
import { suiteContentOf } from '@chiron/sim'
import { connect, type Server } from '../connection.ts'
import { UsageError } from '../exit.ts'
import { endProgress, progress } from '../print.ts'
import { policyVersionId, type SuiteOf } from './arena-names.ts'
import { bringIn } from './import-rollouts.ts'
import type { RobotFile, SimulateOrder } from './simulate-order.ts'
import type { RunFacts, SimulateOptions } from './simulate-runs.ts'
import { upload } from './upload.ts'

interface Sending {
  folder: string
  order: SimulateOrder
  facts: readonly RunFacts[]
  options: SimulateOptions
}

export interface Sent {
  suiteId: string
  suiteVersion: number
  policyVersionIds: Record<string, string>
  rolloutIds: string[]
  lines: string[]
}

/**
 * Policies, the scenarios as a suite, and the rollouts with their streams, into the server; what is there already stays. A
 * suite that is a draft takes no rollouts: without --freeze it is left for people to look at.
 */
export async function sendRuns({ folder, order, facts, options }: Sending): Promise<Sent> {
  const server = await connect(options)
  const name = options.suite ?? ''
  const suite = await suiteFor(server, name, order, options.freeze === true)
  const policyVersionIds: Record<string, string> = {}
  for (const { name: controller, spec } of order.controllers) {
    const version = spec.kind === 'replay' ? 'replay' : `skill-${spec.skill}`
    policyVersionIds[controller] = await policyVersionId(server, `${controller}@${version}`)
  }
  const sent: Sent = { ...suite, policyVersionIds, rolloutIds: [], lines: [] }
  const title = `${name}@${suite.suiteVersion}`
  if (!suite.isFrozen) {
    const why =
      'Rollouts may only refer to a frozen one: look at it in the console, then give the same command with --freeze.'
    return { ...sent, lines: [`${title} is a draft with ${order.scenarios.length} scenarios. ${why}`] }
  }
  const embodimentId = order.robot === null ? null : await embodimentOf(server, order.robot)
  for (const each of facts) {
    const versionId = policyVersionIds[each.controller] as string
    const { draft, streams } = await rolloutOf(folder, each, { versionId, suite, embodimentId })
    sent.rolloutIds.push((await bringIn(server, draft, { streams })).rolloutId)
    progress(`${sent.rolloutIds.length} of ${facts.length} rollouts sent`)
  }
  endProgress()
  return { ...sent, lines: [`${sent.rolloutIds.length} rollouts are with the suite ${title}.`] }
}

type Suite = SuiteOf & { isFrozen: boolean }

/** The version of the suite that asks just this, made where there is none. */
async function suiteFor(server: Server, name: string, order: SimulateOrder, freeze: boolean): Promise<Suite> {
  const content = suiteContentOf(order.template, order.scenarios)
  const { items } = await server.call(suiteRoutes.list, { query: { search: name, limit: 200 } })
  const known = items.find((suite) => suite.name === name)
  for (const { version } of known?.versions ?? []) {
    const params = { suiteId: (known as { id: string }).id, version }
    const there = await server.call(suiteRoutes.readVersion, { params })
    if (jcs(there.content) === jcs(content)) return frozen(server, there, freeze)
  }
  const draft = known ? await nextDraft(server, known) : await newSuite(server, name)
  const params = { suiteId: draft.suiteId, version: draft.version }
  const changed = await server.call(suiteRoutes.change, {
    params,
    body: { revision: draft.revision, content },
  })
  return frozen(server, changed, freeze)
}

async function frozen(server: Server, version: SuiteVersion, freeze: boolean): Promise<Suite> {
  const { suiteId, version: suiteVersion, revision } = version
  if (version.state === 'frozen' || !freeze)
    return { suiteId, suiteVersion, isFrozen: version.state === 'frozen' }
  await server.call(suiteRoutes.freeze, { params: { suiteId, version: suiteVersion }, body: { revision } })
  return { suiteId, suiteVersion, isFrozen: true }
}

type Known = { id: string; name: string; versions: { version: number; state: string }[] }

/** A draft of others is not written over: it may be somebody’s work. */
async function nextDraft(server: Server, { id: suiteId, name, versions }: Known): Promise<SuiteVersion> {
  const draft = versions.find(({ state }) => state === 'draft')
  if (draft)
    throw new UsageError(
      `The suite “${name}” has a draft with other scenarios (version ${draft.version}). Freeze it first, or give another name.`,
    )
  return server.call(suiteRoutes.draftNext, { params: { suiteId } })
}

async function newSuite(server: Server, name: string): Promise<SuiteVersion> {
  const { items } = await server.call(ontologyRoutes.list, {})
  const [ontology] = items
  if (!ontology)
    throw new UsageError('The workspace has no ontology yet. Make one in the console under Settings.')
  const body = { name, ontologyId: ontology.id, ontologyVersion: ontology.latestVersion }
  return server.call(suiteRoutes.create, { body })
}

/** The robot on the server, so that its runs can be seen in motion; the same file under the same name is there once. */
async function embodimentOf(server: Server, { name, mjcf }: RobotFile): Promise<string> {
  const content = Buffer.from(mjcf)
  const uploadId = await upload(server, {
    content,
    bytes: content.length,
    filename: `${name}.xml`,
    purpose: 'embodiment',
    sha256: toHex(sha256(content)),
    onProgress: () => undefined,
  })
  return (await server.call(embodimentRoutes.create, { body: { name, uploadId } })).id
}

type Target = { versionId: string; suite: SuiteOf; embodimentId: string | null }

async function rolloutOf(folder: string, facts: RunFacts, { versionId, suite, embodimentId }: Target) {
  const { files } = facts
  const named = [
    { name: 'state', kind: 'trajectory' as const, file: files.trajectory },
    { name: 'contacts', kind: 'trajectory' as const, file: files.contacts },
    { name: 'front', kind: 'video' as const, file: files.video },
  ]
  const streams: {
    name: string
    kind: 'trajectory' | 'video'
    startMs: number
    bytes: Uint8Array<ArrayBuffer>
  }[] = []
  for (const { name, kind, file } of named)
    if (file !== null)
      streams.push({
        name,
        kind,
        startMs: 0,
        bytes: new Uint8Array(await fs.readFile(path.join(folder, file))),
      })
  const described = {
    policyVersionId: versionId,
    ...(embodimentId === null ? {} : { embodimentId }),
    suiteId: suite.suiteId,
    suiteVersion: suite.suiteVersion,
    scenarioKey: facts.scenario,
    world: 'sim' as const,
    seed: facts.seed,
    success: facts.success,
    progress: facts.progress,
    failureId: facts.failure,
    note: facts.failureAtMs === null ? '' : `Went wrong after ${Math.round(facts.failureAtMs)} ms.`,
  }
  const content = streams.map(({ name, bytes }) => ({ name, sha256: toHex(sha256(bytes)) }))
  const draft: RolloutDraft = {
    ...described,
    digest: toHex(sha256(jcs({ ...described, content }))),
    source: { format: 'sim', sim: facts.source },
  }
  return { draft, streams }
}
