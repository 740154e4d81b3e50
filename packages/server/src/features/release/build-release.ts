import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import type { ReleaseOrderFormat } from '@chiron/contract'
import { assert, Refusal } from '@chiron/core/kit'
import { openWriteFolder } from '@chiron/formats/node'
import { type ReleaseManifest, sealRelease } from '@chiron/formats/proof'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { read, tidy } from '../../platform/tx.ts'
import { VERSION } from '../../platform/version.ts'
import { readWorkspace } from '../account/index.ts'
import { readConsentStates } from '../consent/index.ts'
import { proveRecords } from '../log/index.ts'
import { addEpisode } from './add-episode.ts'
import { type Choice, chooseEpisodes, wordsOf } from './choose-episodes.ts'
import { failRelease } from './fail-release.ts'
import { finishRelease, type ReleaseFile } from './finish-release.ts'
import { releaseFolder } from './release-folder.ts'
import { releaseSigner } from './release-key.ts'
import { clearReleaseEpisodes, dropBuild, keepBuild, type ReleaseRow, takeBuild } from './store.ts'
import { type Chosen, type WrittenDataset, writeDataset } from './write-dataset.ts'

/** A builder that says nothing for this long is taken for dead. */
export const BUILD_TURN_MS = 120_000
const HEARTBEAT_MS = 20_000
const MAX_ATTEMPTS = 5
/** How often a build begins again because a consent ended meanwhile. */
const MAX_ROUNDS = 10

/** What no further try mends. */
const HOPELESS = new Set(['release-empty', 'dataset-empty', 'dataset-shape-invalid', 'provenance-invalid'])
/** A consent has ended while we were at it. */
const ENDED = new Set(['gone', 'consent-missing', 'consent-invalid'])

interface Build {
  release: ReleaseRow
  builder: string
}

/**
 * Builds a release: chooses what may leave, writes it beside its final place, proves and signs it, and makes it visible
 * in one rename. Killed at any moment it leaves nothing half-made, and the next run begins again. Only one builds it
 * at a time. A failure that another try could mend is thrown; any other is written down as the release's own.
 */
export async function buildRelease(ctx: Ctx, releaseId: string): Promise<void> {
  const builder = randomUUID()
  const key = { workspaceId: workspaceOf(ctx), id: releaseId }
  const release = await tidy(ctx, (tx) => takeBuild(tx, { ...key, builder, ...turn(ctx) }))
  if (!release) return
  const heart = setInterval(() => void beat(ctx, { release, builder }), HEARTBEAT_MS)
  try {
    await buildInRounds(ctx, { release, builder })
  } catch (cause) {
    const isHopeless = cause instanceof Refusal && HOPELESS.has(cause.code)
    if (!isHopeless && release.attempt_count < MAX_ATTEMPTS) {
      await tidy(ctx, (tx) => dropBuild(tx, key, builder))
      throw cause
    }
    await failRelease(ctx, { releaseId, builder, cause: cause as Error })
  } finally {
    clearInterval(heart)
  }
}

function turn({ deps }: Ctx) {
  const now = deps.clock.now()
  return { now, until: new Date(now.getTime() + BUILD_TURN_MS) }
}

async function beat(ctx: Ctx, { release, builder }: Build, progress?: number): Promise<boolean> {
  const turnOf = { workspaceId: release.workspace_id, id: release.id, builder, until: turn(ctx).until }
  try {
    return await tidy(ctx, (tx) =>
      keepBuild(tx, { ...turnOf, ...(progress === undefined ? {} : { progress }) }),
    )
  } catch (cause) {
    ctx.deps.log.warn({ releaseId: release.id, cause: String(cause) }, 'a build could not say that it lives')
    return true
  }
}

async function buildInRounds(ctx: Ctx, build: Build): Promise<void> {
  for (let round = 1; ; round += 1) {
    try {
      return await buildOnce(ctx, build)
    } catch (cause) {
      const isAgain = cause instanceof Refusal && ENDED.has(cause.code) && round < MAX_ROUNDS
      if (!isAgain) throw cause
    }
  }
}

async function buildOnce(ctx: Ctx, build: Build): Promise<void> {
  const { release } = build
  const choice = await chooseEpisodes(ctx, release.campaign_id)
  const chosen = await chooseAndProve(ctx, { release, choice })
  const target = releaseFolder(ctx, release)
  // Nothing is ready under this name: what lies there is a build that died between its rename and its last word.
  await fs.rm(target, { recursive: true, force: true })
  const folder = await openWriteFolder(target)
  let finished: { dataset: WrittenDataset; files: ReleaseFile[] }
  try {
    const dataset = await ctx.deps.blobs.withScratch((workFolder) =>
      writeDataset(ctx, {
        folder,
        format: release.format as ReleaseOrderFormat,
        workFolder,
        choice,
        chosen,
        onProgress: (doneCount) => onward(ctx, build, doneCount / (chosen.length + 1)),
      }),
    )
    const manifest = await sealRelease(folder, await sealOrder(ctx, { release, choice, dataset, chosen }))
    finished = { dataset, files: await filesOf(folder, manifest) }
    await assertAllHold(ctx, dataset)
    await onward(ctx, build, 1)
    await folder.commit()
  } catch (cause) {
    await folder.abandon()
    throw cause
  }
  await finishRelease(ctx, { release, builder: build.builder, excluded: choice.excluded, ...finished })
}

/** Says in the log, for each, that it leaves; then proves all of these records against one checkpoint. */
async function chooseAndProve(
  ctx: Ctx,
  { release, choice }: { release: ReleaseRow; choice: Choice },
): Promise<Chosen[]> {
  const key = { workspaceId: release.workspace_id, id: release.id }
  await tidy(ctx, (tx) => clearReleaseEpisodes(tx, key))
  const added: { candidate: Choice['candidates'][number]; recordId: string }[] = []
  for (const candidate of choice.candidates) {
    const recordId = await addEpisode(ctx, { releaseId: release.id, index: added.length, ...candidate })
    if (recordId === undefined)
      choice.excluded.push({ episodeId: candidate.episode.id, why: 'The consent to it has ended.' })
    else added.push({ candidate, recordId })
  }
  if (added.length === 0) {
    const why = `None of the ${choice.excluded.length} recordings may leave: accepted, and under a consent that holds.`
    throw new Refusal(
      'release-empty',
      { excluded: choice.excluded },
      `There is nothing to release yet. ${why}`,
    )
  }
  const proofs = await proveRecords(
    ctx,
    added.map(({ recordId }) => recordId),
  )
  return added.flatMap(({ candidate }, at) => {
    const proof = proofs[at]
    return proof ? [{ ...candidate, proof }] : []
  })
}

async function onward(ctx: Ctx, build: Build, progress: number): Promise<void> {
  if (await beat(ctx, build, progress)) return
  throw new Error('another process has taken this build over')
}

interface Sealing {
  release: ReleaseRow
  choice: Choice
  dataset: WrittenDataset
  chosen: readonly Chosen[]
}

async function sealOrder(ctx: Ctx, { release, choice, dataset, chosen }: Sealing) {
  const { campaign, purpose } = choice
  const workspace = found(await read(ctx, (tx) => readWorkspace(tx, workspaceOf(ctx))), 'workspace')
  const [first] = chosen
  const title = wordsOf(campaign.title)
  return {
    facts: {
      releaseId: release.id,
      title: release.name,
      description: `Recordings of the campaign “${title}”, ordered by ${workspace.name}: ${dataset.episodes.length} episodes.`,
      licence: 'Only for the purposes named here',
      createdAt: ctx.deps.clock.now().toISOString(),
      team: workspace.name,
      campaign: { id: campaign.id, title, kind: campaign.kind },
      ontology: { id: campaign.ontologyId, version: campaign.ontologyVersion },
      purposes: [purpose],
      software: { name: 'chiron', version: VERSION },
    },
    episodes: dataset.episodes,
    checkpoint: first?.proof.checkpoint ?? '',
    logKey: first?.proof.verifierKey ?? '',
    signer: await releaseSigner(ctx),
  }
}

/** The last look before anybody can see the release. */
async function assertAllHold(ctx: Ctx, { placed }: WrittenDataset): Promise<void> {
  const ids = [...new Set(placed.map(({ consentId }) => consentId))]
  const consents = await read(ctx, (tx) => readConsentStates(tx, workspaceOf(ctx), ids))
  const now = ctx.deps.clock.now()
  const heldCount = consents.filter((consent) => consent.holds(now)).length
  if (heldCount < ids.length)
    throw new Refusal('consent-invalid', {}, 'A consent has ended during the build.')
}

async function filesOf(
  folder: Awaited<ReturnType<typeof openWriteFolder>>,
  manifest: ReleaseManifest,
): Promise<ReleaseFile[]> {
  const digests = new Map(manifest.files.map((file) => [file.path, file.sha256]))
  const files: ReleaseFile[] = []
  for (const { path: name, sizeBytes } of await folder.reading().list()) {
    const digest = digests.get(name) ?? (await folder.reading().sha256(name))
    assert(digest !== undefined, `${name} was written`)
    files.push({ path: name, bytes: sizeBytes, sha256: digest })
  }
  return files
}
