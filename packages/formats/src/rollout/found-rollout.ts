/** What a source says of a run; what it does not say is undefined. */
export type RolloutFacts = {
  task?: string | undefined
  scenario?: string | undefined
  success?: boolean | undefined
  score?: number | undefined
  /** 0 to 1. */
  progress?: number | undefined
  failure?: string | undefined
  seed?: number | undefined
  world?: 'real' | 'sim' | undefined
  recordedAt?: string | undefined
  note?: string | undefined
}

/** A stream ready to be sent: a video file, or a trajectory as CSV. `startMs` as on the rollout's clock. */
export type FoundStream = {
  name: string
  kind: 'video' | 'trajectory'
  startMs: number
  bytes: Uint8Array<ArrayBuffer>
}

/** One run in a data set. `leftOut` says what of it cannot be brought in, and why. */
export type FoundRollout = {
  file: string
  /** Its place in the file: an episode's number, a line. */
  row: number
  facts: RolloutFacts
  streams: FoundStream[]
  leftOut: string[]
}

/** A run that cannot be brought in: where it is, and why in words. */
export type RolloutFault = { file: string; row: number | null; reason: string }
export type RolloutResult = { ok: true; rollout: FoundRollout } | { ok: false; fault: RolloutFault }

/** Names of streams hold letters, digits, `.`, `_` and `-`. */
export function streamName(text: string): string {
  const name = text.replace(/^[^a-zA-Z0-9]+/, '').replace(/[^a-zA-Z0-9_.-]+/g, '.')
  return name.slice(0, 80) || 'stream'
}
