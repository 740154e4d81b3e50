import type { Sighting } from '@chiron/core/drift'

/** What is watched, and of which of the team's matters it tells. */
export const SERIES = {
  success: 'policy',
  scenarios: 'tasks',
  votes: 'raters',
  pace: 'raters',
  brightness: 'capture',
  'frame-rate': 'capture',
} as const
export type SeriesName = keyof typeof SERIES

/** What a watch is about; the rest is not said. */
export interface About {
  policyVersionId?: string
  suiteId?: string
  suiteVersion?: number
  world?: string
  campaignId?: string
}

/** One sighting for one watch. */
export interface Seen {
  series: SeriesName
  about: About
  /** The categories, where they are known before anything is seen. */
  known: readonly string[] | null
  sighting: Sighting
}

export const aboutKey = (about: About): string => JSON.stringify(about, Object.keys(about).sort())
export const watchKey = ({ series, about }: Pick<Seen, 'series' | 'about'>): string =>
  `${series} ${aboutKey(about)}`

/** Where a source was last read. Ids alone do not rise with time everywhere: clients make some. */
export interface Place {
  at: Date
  id: string
}

/** A cohort is named `what:which`; cohorts of one `what` part everything between them. */
export const cohort = (what: string, which: string): string => `${what}:${which}`
