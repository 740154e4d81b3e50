import type { Role } from '@chiron/contract'

const BASE = '/console'

type Query = Record<string, string | null | undefined>

/** A path with a query; empty values are left out. */
export function withQuery(path: string, query: Query): string {
  const pairs = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
}

/** Where every screen is. State of a screen is in its query. */
export const paths = {
  home: `${BASE}/`,
  signIn: `${BASE}/sign-in`,
  link: `${BASE}/in`,
  campaigns: `${BASE}/campaigns`,
  newCampaign: `${BASE}/campaigns/new`,
  fromTemplate: (templateId: string) => `${BASE}/campaigns/new/${templateId}`,
  campaign: (campaignId: string) => `${BASE}/campaigns/${campaignId}`,
  editCampaign: (campaignId: string) => `${BASE}/campaigns/${campaignId}/edit`,
  judgement: (campaignId: string, query: Query = {}) =>
    withQuery(`${BASE}/campaigns/${campaignId}/judgement`, query),
  episodes: (query: Query = {}) => withQuery(`${BASE}/episodes`, query),
  episode: (episodeId: string) => `${BASE}/episodes/${episodeId}`,
  reviews: (query: Query = {}) => withQuery(`${BASE}/review`, query),
  review: (reviewId: string, query: Query = {}) => withQuery(`${BASE}/review/${reviewId}`, query),
  evaluate: (query: Query = {}) => withQuery(`${BASE}/evaluate`, query),
  suite: (suiteId: string, query: Query = {}) => withQuery(`${BASE}/evaluate/suites/${suiteId}`, query),
  policy: (policyId: string) => `${BASE}/evaluate/policies/${policyId}`,
  rollout: (rolloutId: string) => `${BASE}/evaluate/rollouts/${rolloutId}`,
  datasets: `${BASE}/datasets`,
  dataset: (releaseId: string) => `${BASE}/datasets/${releaseId}`,
  people: (query: Query = {}) => withQuery(`${BASE}/people`, query),
  pay: (query: Query = {}) => withQuery(`${BASE}/pay`, query),
  log: (query: Query = {}) => withQuery(`${BASE}/log`, query),
  settings: (query: Query = {}) => withQuery(`${BASE}/settings`, query),
} as const

/** Where a member's day begins: a reviewer among what waits, an auditor at the log, the others at their campaigns. */
export function firstPath(role: Role): string {
  if (role === 'reviewer') return paths.reviews()
  return role === 'auditor' ? paths.log() : paths.campaigns
}

/** A link the server gave: it names screens as this app does, with or without the app's own prefix. */
export const fromServer = (href: string): string => (href.startsWith(BASE) ? href : `${BASE}${href}`)
