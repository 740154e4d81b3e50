import { keypointsAnswerSchema, POINT_STATES, SIDES } from '@chiron/core/kinds'
import { bodyNoteSchema, handStreamSchema, redactionSchema } from '@chiron/core/sight'
import { z } from 'zod'
import { episodeCalibration, episodeScale } from './calibration.ts'
import { route } from './route.ts'
import { id, instant, localized, page, pageQuery, sha256Hex } from './wire.ts'

export const fault = z.object({
  code: z.string(),
  severity: z.enum(['fixable', 'fatal', 'notice']),
  fromMs: z.number(),
  toMs: z.number(),
  value: z.number().nullable(),
  limit: z.number().nullable(),
})
export type WireFault = z.infer<typeof fault>

export const probe = z.object({
  codec: z.string(),
  width: z.int(),
  height: z.int(),
  rotationDeg: z.int(),
  durationMs: z.number(),
  frameCount: z.int(),
  fps: z.number(),
  constantRate: z.boolean(),
  droppedRatio: z.number(),
  longestGapMs: z.number(),
  hasAudio: z.boolean(),
})
export type WireProbe = z.infer<typeof probe>

export const frameSignal = z.object({
  timeMs: z.number(),
  brightness: z.number(),
  clippedRatio: z.number(),
  sharpness: z.number(),
  motion: z.number(),
})

/**
 * What the phone felt, on the film's clock (milliseconds from its first picture), as far as a chart needs it. `null` where
 * the take has none. `acceleration`: length of the vector, gravity included, m/s². `turning`: rad/s. `errorMs`: how far
 * a sample may stand from its place.
 */
export const episodeMotion = z.object({
  timesMs: z.array(z.number()),
  acceleration: z.array(z.number()),
  turning: z.array(z.number()),
  sampleCount: z.int(),
  errorMs: z.number(),
  driftPpm: z.number(),
})
export type EpisodeMotion = z.infer<typeof episodeMotion>

/** arrived → checked (or refused) → accepted | returned; frozen and erased come from consent. */
export const episodeState = z.enum([
  'arrived',
  'checked',
  'refused',
  'accepted',
  'returned',
  'rejected',
  'frozen',
  'erased',
])

export const episode = z.object({
  id,
  campaignId: id,
  campaignTitle: localized,
  state: episodeState,
  origin: z.enum(['phone', 'import', 'simulated']),
  workerPseudonym: z.string().nullable(),
  recordedAt: instant.nullable(),
  createdAt: instant,
  durationMs: z.number().nullable(),
  frameCount: z.int().nullable(),
  fps: z.number().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  bytes: z.int(),
  faultCount: z.int(),
  verdict: z
    .object({ label: z.string(), probability: z.number(), by: z.enum(['consensus', 'checks', 'member']) })
    .nullable(),
})
export type Episode = z.infer<typeof episode>

/** One step in an episode's life, from consent to release; `recordId` leads to the log and its proof. */
export const provenanceStep = z.object({
  recordId: id,
  at: instant,
  action: z.string(),
  actorKind: z.string(),
  actorName: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
  leafIndex: z.int().nullable(),
})

/**
 * What a verdict about a question rests on. `knownCount`: questions with a known answer that taught who answers well;
 * `sureness`: what the less sure of two models grants `leading`, `sureAt`: the bar it had to pass; `odds`: how much
 * likelier an answer made `leading` against its strongest rival.
 */
export const verdictBasis = z.object({
  answerCount: z.int(),
  knownCount: z.int(),
  leading: z.string().nullable(),
  sureness: z.number().nullable(),
  sureAt: z.number().nullable(),
  answers: z.array(z.object({ workerPseudonym: z.string(), label: z.string(), odds: z.number() })),
})
export type VerdictBasis = z.infer<typeof verdictBasis>

/** What somebody answered to a question, by pseudonym. */
export const givenLabel = z.object({
  submissionId: id,
  taskId: id,
  workerPseudonym: z.string(),
  choices: z.record(z.string(), z.string()),
  momentMs: z.number().nullable(),
  note: z.string().nullable(),
  createdAt: instant,
})

export const episodeDetail = episode.extend({
  taskId: id.nullable(),
  submissionId: id.nullable(),
  sha256: sha256Hex,
  probe: probe.nullable(),
  signals: z.array(frameSignal),
  faults: z.array(fault),
  device: z.record(z.string(), z.unknown()),
  /** What its maker’s phone took out before it left; null for films that no phone of ours sent. */
  redaction: redactionSchema.nullable(),
  /** The server saw a face from one moment to another, and since when only managers and its maker see it; null else. */
  quarantine: z.object({ since: instant, fromMs: z.number(), toMs: z.number() }).nullable(),
  /** What its maker’s phone knew of its camera; null where it knew nothing that fitted. */
  calibration: episodeCalibration.nullable(),
  /** Millimetres a pixel in the plane a bank card lay on before it was filmed; null where nobody measured. */
  scale: episodeScale.nullable(),
  labels: z.array(givenLabel),
  posterior: z.array(z.object({ label: z.string(), probability: z.number() })),
  basis: verdictBasis.nullable(),
  consent: z
    .object({ id, state: z.string(), noticeVersion: z.int(), receiptHash: sha256Hex.nullable() })
    .nullable(),
  provenance: z.array(provenanceStep),
  releases: z.array(z.object({ id, name: z.string() })),
})
export type EpisodeDetail = z.infer<typeof episodeDetail>

/** A hand as the machine saw it: places of its 21 joints in shares of the picture, beyond 0 … 1 where guessed outside. */
export const seenHand = z.object({
  side: z.enum(SIDES),
  confidence: z.number(),
  points: z.array(z.tuple([z.number(), z.number()])),
})
/** A moment whose hands people correct, on the film’s clock. */
export const seenMoment = z.object({ timeMs: z.number(), hands: z.array(seenHand) })

const pointGiven = keypointsAnswerSchema.shape.moments.element.shape.left

/**
 * Where people together put a joint. `errorPx`: one standard deviation in pixels of the picture, null with one answer;
 * `agreement`: the share of the answers that have it there; `stateShare`: of those with this hand, who say this state.
 */
const placedPoint = z.object({
  state: z.enum(POINT_STATES),
  x: z.number().nullable(),
  y: z.number().nullable(),
  errorPx: z.number().nullable(),
  agreement: z.number(),
  stateShare: z.number(),
})

/** What people say of the hands in an episode, asked by one campaign; joints in the order wrist, thumb … little finger. */
export const handCorrection = z.object({
  taskId: id,
  campaignId: id,
  campaignTitle: localized,
  state: z.enum(['open', 'done', 'stopped']),
  verdict: z.object({ label: z.string(), by: z.enum(['consensus', 'member']) }).nullable(),
  /** Of the hand that people agree on least; null before two have answered. */
  agreement: z.number().nullable(),
  answerCount: z.int(),
  picture: z.object({ width: z.int(), height: z.int() }),
  moments: z.array(
    z.object({
      timeMs: z.number(),
      machine: z.array(seenHand),
      answers: z.array(z.object({ workerPseudonym: z.string(), left: pointGiven, right: pointGiven })),
      placed: z.array(
        z.object({
          side: z.enum(SIDES),
          points: z.array(placedPoint).nullable(),
          agreement: z.number(),
        }),
      ),
    }),
  ),
})
export type HandCorrection = z.infer<typeof handCorrection>

export const ownEpisode = z.object({
  id,
  campaignId: id,
  campaignTitle: localized,
  workspaceName: z.string(),
  submissionId: id.nullable(),
  state: episodeState,
  createdAt: instant,
  durationMs: z.number().nullable(),
  bytes: z.int(),
})

export const mediaRoutes = {
  listEpisodes: route({
    method: 'GET',
    path: '/api/episodes',
    who: 'member',
    summary: 'Episodes, newest first.',
    query: pageQuery.extend({ campaignId: id.optional(), state: episodeState.optional() }),
    reply: page(episode),
  }),
  readEpisode: route({
    method: 'GET',
    path: '/api/episodes/:episodeId',
    who: 'member',
    summary: 'One episode with streams, checks, labels, verdict and provenance.',
    params: z.object({ episodeId: id }),
    reply: episodeDetail,
  }),
  readMotion: route({
    method: 'GET',
    path: '/api/episodes/:episodeId/motion',
    who: 'member',
    summary: 'How the phone moved while it filmed, for a chart; null where it was not recorded.',
    params: z.object({ episodeId: id }),
    reply: z.object({ motion: episodeMotion.nullable() }),
  }),
  readHands: route({
    method: 'GET',
    path: '/api/episodes/:episodeId/hands',
    who: 'member',
    summary:
      'Hands as the phone’s detector believed to see them: an aid, never the truth. Null when none were kept.',
    params: z.object({ episodeId: id }),
    reply: z.object({ hands: handStreamSchema.nullable() }),
  }),
  readBody: route({
    method: 'GET',
    path: '/api/episodes/:episodeId/body',
    who: 'member',
    summary:
      'The body as the phone’s detector believed to see it, an aid and never the truth, or why it did not look. Null where it was not asked to.',
    params: z.object({ episodeId: id }),
    reply: z.object({ body: bodyNoteSchema.nullable() }),
  }),
  readCorrections: route({
    method: 'GET',
    path: '/api/episodes/:episodeId/corrections',
    who: 'member',
    summary:
      'What people say of the hands in an episode: the machine’s points, each answer, and what they say together.',
    params: z.object({ episodeId: id }),
    reply: z.object({ items: z.array(handCorrection) }),
  }),
  importEpisode: route({
    method: 'POST',
    path: '/api/episodes',
    who: 'member',
    summary:
      'Take an uploaded video in as an episode of a campaign, with a member’s statement of the rights to it.',
    body: z.object({
      id,
      campaignId: id,
      uploadId: z.string().max(200),
      rights: z
        .string()
        .trim()
        .min(10)
        .max(2000)
        .describe('who agreed to what; stands in for a worker’s consent'),
      recordedAt: instant.optional(),
    }),
    reply: episode,
  }),
  ownEpisodes: route({
    method: 'GET',
    path: '/api/worker/episodes',
    who: 'worker',
    summary: 'My recordings and what became of them.',
    query: pageQuery,
    reply: page(ownEpisode),
  }),
}

/**
 * Routes that carry bytes, not JSON; the server registers them by hand.
 * `/api/uploads` speaks tus 1.0; its metadata must hold `purpose` (`episode` | `brief` | `rollout` | `embodiment`), and `sha256` where known. A
 * worker’s names its `campaignId`: the recording goes where the consent was given. The last part of the upload’s address
 * is its id (`uploadId`, `exampleMediaId`).
 * Video replies honour Range.
 */
export const mediaPaths = {
  uploads: '/api/uploads',
  episodeVideo: (episodeId: string) => `/api/episodes/${episodeId}/video`,
  episodePoster: (episodeId: string) => `/api/episodes/${episodeId}/poster`,
  /** A worker's own recording. */
  ownVideo: (episodeId: string) => `/api/worker/episodes/${episodeId}/video`,
  ownPoster: (episodeId: string) => `/api/worker/episodes/${episodeId}/poster`,
  /** The clip a lease asks about; dies with the lease. */
  leaseVideo: (leaseId: string) => `/api/worker/leases/${leaseId}/video`,
  leasePoster: (leaseId: string) => `/api/worker/leases/${leaseId}/poster`,
  /** One of the two clips a lease compares. */
  leaseClip: (leaseId: string, side: string) => `/api/worker/leases/${leaseId}/clips/${side}`,
  /** Pictures and clips of briefs. */
  briefMedia: (mediaId: string) => `/api/media/${mediaId}`,
}
