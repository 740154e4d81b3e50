import { z } from 'zod'
import { route } from './route.ts'
import { id, instant, localized, sha256Hex } from './wire.ts'

/** What a release is written as: for training (LeRobot v3), for replaying at native times (MCAP), or both. */
export const releaseFormat = z.enum(['lerobot', 'mcap', 'both'])
export type ReleaseOrderFormat = z.infer<typeof releaseFormat>

export const release = z.object({
  id,
  name: z.string(),
  campaignId: id,
  campaignTitle: localized,
  format: releaseFormat,
  state: z.enum(['building', 'ready', 'failed']),
  /** 0..1 while building. */
  progress: z.number(),
  failure: z.string().nullable(),
  episodeCount: z.int(),
  frameCount: z.int(),
  bytes: z.int(),
  remuxedCount: z.int(),
  transcodedCount: z.int(),
  attestationSha256: sha256Hex.nullable(),
  createdAt: instant,
  readyAt: instant.nullable(),
  recalls: z.array(z.object({ episodeId: id, why: z.string(), at: instant, state: z.string() })),
})
export type Release = z.infer<typeof release>

export const releaseFile = z.object({ path: z.string(), bytes: z.int(), sha256: sha256Hex })

export const releaseRoutes = {
  list: route({
    method: 'GET',
    path: '/api/releases',
    who: 'member',
    summary: 'Datasets that went out.',
    reply: z.object({ items: z.array(release) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/releases',
    who: 'member',
    summary: 'Build a release of a campaign’s accepted episodes; only those under valid consent.',
    body: z.object({
      campaignId: id,
      name: z
        .string()
        .trim()
        .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/),
      format: releaseFormat
        .optional()
        .describe(
          'lerobot (LeRobotDataset v3, the default), mcap (one MCAP file per episode, nothing resampled) or both',
        ),
    }),
    reply: release,
  }),
  read: route({
    method: 'GET',
    path: '/api/releases/:releaseId',
    who: 'member',
    summary: 'One release with its files.',
    params: z.object({ releaseId: id }),
    reply: release.extend({
      files: z.array(releaseFile),
      episodes: z.array(
        z.object({
          episodeId: id,
          index: z.int(),
          frameCount: z.int(),
          label: z.string().nullable(),
          recalled: z.boolean(),
        }),
      ),
      excluded: z.array(z.object({ episodeId: id, why: z.string() })),
    }),
  }),
}
/** One file of a ready release, as bytes. */
export const releaseFilePath = (releaseId: string, path: string) => `/api/releases/${releaseId}/files/${path}`
