import { listen } from '@chiron/client'
import { useEffect, useState } from 'preact/hooks'
import { refresh } from './queries.ts'

/** What a record makes stale, by its noun. Everything written is in the log. */
const STALE: Record<string, string[]> = {
  appeal: ['reviews', 'review'],
  campaign: ['campaigns', 'campaign', 'pay'],
  consensus: ['campaign', 'campaigns', 'episodes', 'episode', 'reviews', 'review', 'judgement'],
  consent: ['campaign', 'episodes', 'episode', 'people', 'release'],
  deployment: ['validity'],
  drift: ['drift', 'drift-count'],
  gold: ['judgement', 'campaign', 'episode'],
  invite: ['invites'],
  key: ['keys'],
  media: ['campaign', 'campaigns', 'episodes', 'episode'],
  member: ['members', 'me'],
  ontology: ['ontologies'],
  passkey: ['me'],
  pay: ['pay', 'entries', 'campaign'],
  payout: ['pay', 'entries'],
  policy: ['policies', 'policy'],
  recall: ['releases', 'release'],
  release: ['releases', 'release', 'episode'],
  review: ['reviews', 'review', 'campaign', 'campaigns', 'episodes', 'episode'],
  rollout: [
    'rollouts',
    'rollout',
    'leaderboard',
    'failures',
    'validity',
    'policies',
    'policy',
    'suites',
    'suite',
    'hard-cases',
  ],
  submission: ['campaign', 'campaigns', 'episodes', 'episode', 'people', 'judgement'],
  suite: ['suites', 'suite', 'suite-version', 'coverage', 'suite-diff'],
  task: ['campaign'],
  worker: ['people', 'invites', 'campaign'],
}
/** Records come in bursts; one look at the server answers all of them. */
const GATHER_MS = 300

/** Listens for what happens elsewhere while mounted. False: what is on the screen may be stale. */
export function useLive(enabled: boolean): boolean {
  const [live, setLive] = useState(true)
  useEffect(() => {
    if (!enabled) return
    const stale = new Set<string>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = listen('console', {
      onEvent: ({ action }) => {
        for (const name of ['log', ...(STALE[action.split('.')[0] ?? ''] ?? [])]) stale.add(name)
        timer ??= setTimeout(() => {
          timer = undefined
          refresh(...stale)
          stale.clear()
        }, GATHER_MS)
      },
      onLive: (isLive) => {
        setLive(isLive)
        if (isLive) refresh(...new Set(Object.values(STALE).flat()))
      },
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [enabled])
  return live
}
