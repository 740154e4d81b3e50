import { fromHex, jcs, utf8 } from '@chiron/core/kit'
import { openCheckpoint, parseTlogProof, saltedCommitment, verifyTlogProof } from '@chiron/core/log'
import type { ReadFolder } from '../io.ts'
import { broken, type Check, verdict } from './check.ts'
import type { ReadProof } from './check-manifest.ts'
import { PATHS, type ReleasedEpisode } from './manifest.ts'
import { readText } from './read-json.ts'

/** Whether each episode's entry is in the log the checkpoint stands for, signed by the log's key. */
export async function checkLog(
  folder: ReadFolder,
  proof: ReadProof,
  pinnedLogKey?: string,
): Promise<Check[]> {
  const inRelease = (await readText(folder, PATHS.logKey)).replace(/\n$/, '')
  const verifierKey = pinnedLogKey ?? inRelease
  const checkpoint = await readText(folder, PATHS.checkpoint)
  const opened = openCheckpoint(checkpoint, verifierKey)
  if (!opened.ok) {
    return [broken('log', `The log's checkpoint does not hold (${opened.reason}).`, PATHS.checkpoint)]
  }
  const faults: Check[] = []
  if (proof.manifest.keys.log !== inRelease) {
    faults.push(broken('log', 'The manifest names another key of the log.', PATHS.logKey))
  }
  for (const episode of proof.episodes) {
    const file = PATHS.proof(episode.episodeId)
    const what = await entryFault(episode, await readText(folder, file), { checkpoint, verifierKey })
    if (what !== undefined) faults.push(broken('log', `${file}: ${what}`, file))
  }
  const { origin, size } = opened.checkpoint
  const whose = pinnedLogKey === undefined ? 'whose key lies in the release' : 'whose key you gave'
  const good = `All ${proof.episodes.length} episodes are in the log ${origin} (${size} entries), ${whose}.`
  return verdict('log', faults, good)
}

async function entryFault(
  episode: ReleasedEpisode,
  proofText: string,
  log: { checkpoint: string; verifierKey: string },
): Promise<string | undefined> {
  const { entry, index, facts, saltHex } = episode.log
  const verified = verifyTlogProof({ proofText, entryBytes: utf8(jcs(entry)), verifierKey: log.verifierKey })
  if (!verified.ok) return `the episode's entry is not proven (${verified.reason}).`
  if (verified.index !== index) return `the entry stands at ${verified.index}, not at ${index}.`
  if (parseTlogProof(proofText)?.checkpoint !== log.checkpoint) return 'it rests on another checkpoint.'
  if (entry.subject.replace(/^[a-z-]+:/, '') !== episode.episodeId)
    return 'the entry is about something else.'
  if (facts === undefined || saltHex === undefined) return undefined
  const opens = saltedCommitment(fromHex(saltHex), facts) === entry.factsDigest
  return opens ? undefined : 'the entry does not hold the facts told here.'
}
