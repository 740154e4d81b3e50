import { broken, type Check, verdict } from './check.ts'
import type { ReadProof } from './check-manifest.ts'
import { type EpisodeBasis, type EpisodeOrigin, type EpisodeProvenance, PATHS } from './manifest.ts'

/** Which origins may rest on what: nobody's consent can be claimed for what was computed, nor the other way round. */
const ORIGINS_OF: Readonly<Record<EpisodeBasis, readonly EpisodeOrigin[]>> = {
  consent: ['phone'],
  attested: ['import'],
  simulated: ['simulated'],
}
const WORDS: Readonly<Record<EpisodeBasis, string>> = {
  consent: 'the consent of whoever filmed',
  attested: 'the team’s own statement that it holds the rights',
  simulated: 'a simulation, with nobody in it',
}

/**
 * Whether each episode left with what it must rest on, for all purposes of the release and not expired then. Says
 * how many rest on a consent, how many on the team's word alone and how many are simulated.
 */
export function checkConsent({ manifest, episodes }: ReadProof): Check[] {
  const faults: Check[] = []
  if (manifest.purposes.length === 0) {
    faults.push(
      broken('consent', 'The release names no purpose, so no consent can cover it.', PATHS.manifest),
    )
  }
  for (const episode of episodes) {
    const what = consentFault(episode, manifest)
    if (what === undefined) continue
    const file = PATHS.episode(episode.episodeId)
    faults.push(broken('consent', `Episode ${episode.episodeIndex}: ${what}`, file))
  }
  const counted = countBases(episodes).map(([basis, count]) => `${WORDS[basis]} (${count})`)
  const good = `All ${episodes.length} episodes may be used for ${manifest.purposes.map((purpose) => `“${purpose}”`).join(', ')}. They rest on: ${counted.join('; ')}. Later withdrawals come as a recall.`
  return verdict('consent', faults, good)
}

/** How many episodes rest on what; those that none rests on are left out. */
export function countBases(episodes: readonly EpisodeProvenance[]): [EpisodeBasis, number][] {
  const bases: EpisodeBasis[] = ['consent', 'attested', 'simulated']
  return bases
    .map((basis): [EpisodeBasis, number] => [basis, episodes.filter((one) => one.basis === basis).length])
    .filter(([, count]) => count > 0)
}

/**
 * Why an episode may not be in a release of these purposes made at `createdAt`, in words; undefined when it may.
 */
export function consentFault(
  { basis, origin, consent }: EpisodeProvenance,
  release: { purposes: readonly string[]; createdAt: string },
): string | undefined {
  if (!Object.hasOwn(ORIGINS_OF, basis)) return 'it does not say whether it rests on a consent.'
  if (!ORIGINS_OF[basis].includes(origin))
    return `its origin (${origin}) and what it rests on (${basis}) disagree.`
  const name = basis === 'consent' ? 'consent' : 'statement'
  if (!/^[0-9a-f]{64}$/.test(consent.receiptSha256))
    return basis === 'consent' ? 'there is no consent receipt.' : 'there is no statement of rights.'
  const uncovered = release.purposes.filter((purpose) => !consent.purposes.includes(purpose))
  if (uncovered.length > 0) return `the ${name} does not cover: ${uncovered.join(', ')}.`
  if (consent.expiresAt === null) return undefined
  const expiresMs = Date.parse(consent.expiresAt)
  const createdMs = Date.parse(release.createdAt)
  // Written so that a date nobody can read counts as expired.
  return expiresMs > createdMs ? undefined : `the ${name} had expired on ${consent.expiresAt}.`
}
