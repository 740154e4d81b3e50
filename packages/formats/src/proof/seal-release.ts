import { assert, jcs, Refusal, sha256, toHex, utf8 } from '@chiron/core/kit'
import { type NoteSigner, signDsse, verifierKeyOf } from '@chiron/core/log'
import type { WriteFolder } from '../io.ts'
import { consentFault } from './check-consent.ts'
import { type ContentEpisode, contentEpisode, episodeCounts, formatsIn, readContents } from './contents.ts'
import { croissant } from './croissant.ts'
import { datasetCard } from './dataset-card.ts'
import {
  type EpisodeProvenance,
  MANIFEST_FORMAT,
  MANIFEST_VERSION,
  type ManifestFile,
  manifestEpisode,
  PATHS,
  PAYLOAD_TYPE,
  PREDICATE_TYPE,
  type ReleasedEpisode,
  type ReleaseFacts,
  type ReleaseManifest,
  STATEMENT_TYPE,
  type Statement,
} from './manifest.ts'

/**
 * What is needed to seal a release. `episodes` in the order they were added to the dataset, each with its
 * receipt from the log (`encodeTlogProof`); all receipts carry `checkpoint`. `logKey` is the log's verifier
 * key; `signer` holds the team's release key.
 */
export type SealOrder = {
  facts: ReleaseFacts
  episodes: readonly { provenance: EpisodeProvenance; logProof: string }[]
  checkpoint: string
  logKey: string
  signer: NoteSigner
}

/**
 * Adds the proofs to a finished dataset (`DatasetWriter.finish`) that is not yet committed: card, provenance,
 * receipts, manifest, and over all of it a signed in-toto statement naming every file. Returns the manifest.
 * @throws Refusal `consent-missing` (facts `episodeId`, `fault`) when one episode lacks a consent that is valid
 *   at `createdAt` for every purpose; `provenance-invalid` when it would tell more than country and day
 */
export async function sealRelease(folder: WriteFolder, order: SealOrder): Promise<ReleaseManifest> {
  if (order.facts.purposes.length === 0) throw refuse('', 'the release names no purpose')
  for (const { provenance } of order.episodes) {
    const { episodeId, country, recordedDay } = provenance
    const fault = consentFault(provenance, order.facts)
    if (fault !== undefined)
      throw new Refusal('consent-missing', { episodeId, fault }, `${episodeId}: ${fault}`)
    if (country !== null && !/^[A-Z]{2}$/.test(country)) throw refuse(episodeId, 'a country has two letters')
    if (!/^\d{4}-\d\d-\d\d$/.test(recordedDay)) throw refuse(episodeId, 'a day is told, no finer time')
  }
  return writeProofs(folder, order)
}

function refuse(episodeId: string, fault: string): Refusal {
  return new Refusal('provenance-invalid', { episodeId, fault }, `${episodeId} ${fault}`.trim())
}

/** `sealRelease` without its questions. */
export async function writeProofs(folder: WriteFolder, order: SealOrder): Promise<ReleaseManifest> {
  const formats = await formatsIn(folder.reading())
  const contents = await readContents(folder.reading(), formats)
  const counts = episodeCounts(contents)
  assert(
    counts.length > 0 && counts.every((count) => count === order.episodes.length),
    'one provenance per episode of each format',
  )
  const releaseKey = verifierKeyOf(order.signer)
  const episodes: ReleasedEpisode[] = []
  for (const [index, { provenance, logProof }] of order.episodes.entries()) {
    const episode = await released(folder, provenance, { index, contents: contentEpisode(contents, index) })
    await folder.write(PATHS.episode(episode.episodeId), json(episode))
    await folder.write(PATHS.proof(episode.episodeId), utf8(logProof))
    episodes.push(episode)
  }
  await folder.write(PATHS.releaseKey, utf8(`${releaseKey}\n`))
  await folder.write(PATHS.logKey, utf8(`${order.logKey}\n`))
  await folder.write(PATHS.checkpoint, utf8(order.checkpoint))
  await folder.write(PATHS.card, utf8(datasetCard({ facts: order.facts, contents, episodes, releaseKey })))
  await folder.write(PATHS.croissant, json(croissant({ facts: order.facts, contents, episodes })))
  const manifest: ReleaseManifest = {
    format: MANIFEST_FORMAT,
    formatVersion: MANIFEST_VERSION,
    ...order.facts,
    formats,
    keys: { release: releaseKey, log: order.logKey },
    episodes: episodes.map(manifestEpisode),
    files: await digests(folder),
  }
  const bytes = json(manifest)
  await folder.write(PATHS.manifest, bytes)
  const statement = statementOf(manifest, toHex(sha256(bytes)))
  await folder.write(PATHS.attestation, utf8(signDsse(PAYLOAD_TYPE, utf8(jcs(statement)), order.signer)))
  return manifest
}

async function released(
  folder: WriteFolder,
  provenance: EpisodeProvenance,
  { index, contents }: { index: number; contents: ContentEpisode | undefined },
): Promise<ReleasedEpisode> {
  const files: ReleasedEpisode['files'] = []
  for (const path of contents?.paths ?? []) files.push({ path, sha256: await digest(folder, path) })
  return { ...provenance, episodeIndex: index, files }
}

async function digests(folder: WriteFolder): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  for (const { path, sizeBytes } of await folder.reading().list()) {
    files.push({ path, sizeBytes, sha256: await digest(folder, path) })
  }
  return files
}

async function digest(folder: WriteFolder, path: string): Promise<string> {
  const hex = await folder.reading().sha256(path)
  assert(hex !== undefined, `${path} was written`)
  return hex
}

function statementOf(manifest: ReleaseManifest, manifestSha256: string): Statement {
  const { releaseId, title, createdAt, software } = manifest
  const files = [...manifest.files, { path: PATHS.manifest, sha256: manifestSha256 }]
  return {
    _type: STATEMENT_TYPE,
    subject: files.map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      releaseId,
      title,
      createdAt,
      episodeCount: manifest.episodes.length,
      software: `${software.name} ${software.version}`,
    },
  }
}

function json(value: unknown): Uint8Array {
  return utf8(`${JSON.stringify(value, null, 2)}\n`)
}
