import type { ReadFolder } from '../io.ts'
import { MCAP_FOLDER } from '../mcap/index.ts'
import { broken, type Check, guarded } from './check.ts'
import { checkConsent } from './check-consent.ts'
import { checkFiles } from './check-files.ts'
import { checkLog } from './check-log.ts'
import { checkManifest, type ReadProof } from './check-manifest.ts'
import { checkRecordings } from './check-recordings.ts'
import { checkSignature } from './check-signature.ts'
import { checkStructure } from './check-structure.ts'
import { readContents } from './contents.ts'
import { PATHS, type ReleasedEpisode, type ReleaseManifest } from './manifest.ts'
import { readJson } from './read-json.ts'

/** `trust` says in words whose key was believed, and what that is worth. */
export type ReleaseVerdict = { holds: boolean; trust: string; checks: Check[] }

/**
 * Checks a release offline: signature, every file, manifest, log, consent and structure. Nothing but the
 * pinned keys is believed; without them, what lies in the release is, and `trust` says so. Never throws on
 * account of the release: whatever is wrong with it is a check that does not hold, with its file.
 */
export async function verifyRelease(
  folder: ReadFolder,
  pinned: { releaseKey?: string; logKey?: string } = {},
): Promise<ReleaseVerdict> {
  const { statement, checks: signature, trust } = await checkSignature(folder, pinned.releaseKey)
  const checks = [...signature]
  if (statement !== undefined) {
    checks.push(...(await guarded('files', PATHS.attestation, () => checkFiles(folder, statement))))
  }
  const { proof, faults } = await readProof(folder)
  checks.push(...faults)
  if (proof !== undefined) {
    if (statement !== undefined) {
      checks.push(
        ...(await guarded('manifest', PATHS.manifest, () => checkManifest(folder, statement, proof))),
      )
    }
    checks.push(...(await guarded('log', PATHS.checkpoint, () => checkLog(folder, proof, pinned.logKey))))
    checks.push(...(await guarded('consent', PATHS.manifest, async () => checkConsent(proof))))
    checks.push(...(await structureChecks(folder, proof)))
  }
  return { holds: proof !== undefined && checks.every(({ holds }) => holds), trust, checks }
}

async function readProof(folder: ReadFolder): Promise<{ proof?: ReadProof; faults: Check[] }> {
  const faults: Check[] = []
  const attempt = async <T>(id: 'manifest' | 'structure', file: string, read: () => Promise<T>) => {
    try {
      return await read()
    } catch (error) {
      faults.push(
        broken(id, `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, file),
      )
      return undefined
    }
  }
  const manifest = await attempt('manifest', PATHS.manifest, () =>
    readJson<ReleaseManifest>(folder, PATHS.manifest),
  )
  const contents = await attempt('structure', 'the release', async () =>
    readContents(folder, manifest?.formats ?? ['lerobot']),
  )
  const episodes: ReleasedEpisode[] = []
  for (const line of Array.isArray(manifest?.episodes) ? manifest.episodes : []) {
    const file = PATHS.episode(String(line?.episodeId))
    const episode = await attempt('manifest', file, () => readJson<ReleasedEpisode>(folder, file))
    if (episode !== undefined) episodes.push(episode)
  }
  if (manifest === undefined || contents === undefined || faults.length > 0) return { faults }
  return { proof: { manifest, episodes, contents }, faults }
}

async function structureChecks(folder: ReadFolder, { contents, episodes }: ReadProof): Promise<Check[]> {
  const { dataset, recordings } = contents
  const checks: Check[] = []
  if (dataset !== undefined)
    checks.push(...(await guarded('structure', 'meta/info.json', () => checkStructure(folder, dataset))))
  if (recordings !== undefined) {
    const look = () => checkRecordings(folder, recordings, episodes)
    checks.push(...(await guarded('structure', MCAP_FOLDER, look)))
  }
  return checks
}
