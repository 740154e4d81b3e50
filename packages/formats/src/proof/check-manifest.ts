import { jcs } from '@chiron/core/kit'
import type { ReadFolder } from '../io.ts'
import { broken, type Check, verdict } from './check.ts'
import { contentEpisode, episodeCounts, formatsIn, type ReleaseContents } from './contents.ts'
import { episodeColumns } from './episode-columns.ts'
import {
  MANIFEST_FORMAT,
  MANIFEST_VERSION,
  manifestEpisode,
  PATHS,
  type ReleasedEpisode,
  type ReleaseManifest,
  type Statement,
} from './manifest.ts'

/** Everything the proof says of a release, read once. */
export type ReadProof = { manifest: ReleaseManifest; episodes: ReleasedEpisode[]; contents: ReleaseContents }

/** Whether statement, manifest, provenance and dataset tell one story. */
export async function checkManifest(
  folder: ReadFolder,
  statement: Statement,
  proof: ReadProof,
): Promise<Check[]> {
  const { manifest, episodes, contents } = proof
  const faults: Check[] = []
  const fault = (what: string, file: string = PATHS.manifest) => faults.push(broken('manifest', what, file))
  if (manifest.format !== MANIFEST_FORMAT || manifest.formatVersion !== MANIFEST_VERSION) {
    fault(`The manifest is of another format (${manifest.format} ${manifest.formatVersion}).`)
  }
  const { releaseId, createdAt } = statement.predicate
  if (manifest.releaseId !== releaseId || manifest.createdAt !== createdAt) {
    fault('The manifest and the attestation speak of different releases.')
  }
  if (!sameFiles(manifest, statement)) fault('The manifest lists other files than the attestation.')
  const formats = await formatsIn(folder)
  if (jcs(manifest.formats ?? ['lerobot']) !== jcs(formats))
    fault(`The manifest names other formats than the release holds (${formats.join(', ')}).`)
  for (const count of episodeCounts(contents)) {
    if (manifest.episodes.length !== count)
      fault(`The manifest names ${manifest.episodes.length} episodes, the dataset has ${count}.`)
  }
  const digests = new Map(manifest.files.map(({ path, sha256 }) => [path, sha256]))
  for (const [index, episode] of episodes.entries()) {
    const file = PATHS.episode(episode.episodeId)
    if (jcs(manifestEpisode(episode)) !== jcs(manifest.episodes[index]))
      fault(`${file} and the manifest disagree.`, file)
    if (episode.files.some(({ path, sha256 }) => digests.get(path) !== sha256)) {
      fault(`${file} names other data than the release holds.`, file)
    }
    for (const what of columnFaults(episode, contents)) fault(what, file)
  }
  const listed = await folder.list()
  const named = new Set(episodes.map(({ episodeId }) => PATHS.episode(episodeId)))
  for (const { path } of listed) {
    if (path.startsWith('chiron/episodes/') && !named.has(path)) fault(`${path} belongs to no episode.`, path)
  }
  return verdict(
    'manifest',
    faults,
    `Manifest, provenance and dataset agree on all ${episodes.length} episodes.`,
  )
}

function sameFiles(manifest: ReleaseManifest, statement: Statement): boolean {
  const signed = statement.subject.filter(({ name }) => name !== PATHS.manifest)
  const lines = (files: { path: string; sha256: string }[]) =>
    files
      .map(({ path, sha256 }) => `${path} ${sha256}`)
      .sort()
      .join('\n')
  return (
    lines(manifest.files) === lines(signed.map(({ name, digest }) => ({ path: name, sha256: digest.sha256 })))
  )
}

function columnFaults(episode: ReleasedEpisode, contents: ReleaseContents): string[] {
  const found = contentEpisode(contents, episode.episodeIndex)
  if (found === undefined) return [`Episode ${episode.episodeId} is not in the dataset.`]
  const columns = Object.entries(episodeColumns(episode))
  const differing = found.told.flatMap((told) =>
    // MCAP keeps texts alone.
    columns.filter(([name, value]) => name in told && String(told[name]) !== String(value)),
  )
  return differing.map(
    ([name]) => `The dataset's ${name} of episode ${episode.episodeIndex} differs from its provenance.`,
  )
}
