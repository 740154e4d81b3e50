import { z } from 'zod'
import { route } from './route.ts'
import { id, instant, page, pageQuery, sha256Hex } from './wire.ts'

const name = z.string().trim().min(1).max(120)
/** Counts of rollouts; those of neither success nor failure are not yet judged. */
const tally = z.object({ rolloutCount: z.int(), successCount: z.int(), failureCount: z.int() })

export const policyVersion = tally.extend({
  id,
  policyId: id,
  policyName: z.string(),
  label: z.string(),
  note: z.string(),
  weightsSha256: sha256Hex.nullable(),
  createdAt: instant,
})
export type PolicyVersion = z.infer<typeof policyVersion>
export const policy = tally.extend({ id, name: z.string(), versionCount: z.int(), createdAt: instant })
export type Policy = z.infer<typeof policy>

export const embodiment = z.object({
  id,
  name: z.string(),
  format: z.enum(['urdf', 'mjcf']),
  modelName: z.string().describe('what the file calls the robot'),
  joints: z.array(z.string()),
  bytes: z.int(),
  sha256: sha256Hex,
  createdAt: instant,
})
export type Embodiment = z.infer<typeof embodiment>

const versionDraft = z.object({
  label: name,
  note: z.string().trim().max(2000).default(''),
  weightsSha256: sha256Hex.nullable().default(null),
})

export const policyRoutes = {
  list: route({
    method: 'GET',
    path: '/api/policies',
    who: 'member',
    summary: 'Policies, newest first, with the rollouts of all their versions.',
    query: pageQuery,
    reply: page(policy),
  }),
  read: route({
    method: 'GET',
    path: '/api/policies/:policyId',
    who: 'member',
    summary: 'One policy with its versions, newest first.',
    params: z.object({ policyId: id }),
    reply: policy.extend({ versions: z.array(policyVersion) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/policies',
    who: 'member',
    summary: 'A policy by name; the same name again gives the same policy.',
    body: z.object({ name }),
    reply: policy,
  }),
  addVersion: route({
    method: 'POST',
    path: '/api/policies/:policyId/versions',
    who: 'member',
    summary: 'A version of a policy by label; the same label again gives the same version.',
    params: z.object({ policyId: id }),
    body: versionDraft,
    reply: policyVersion,
  }),
}

export const embodimentRoutes = {
  list: route({
    method: 'GET',
    path: '/api/embodiments',
    who: 'member',
    summary: 'Robot bodies, by name.',
    reply: z.object({ items: z.array(embodiment) }),
  }),
  create: route({
    method: 'POST',
    path: '/api/embodiments',
    who: 'member',
    summary: 'A robot body from an uploaded URDF or MJCF file (upload with the purpose `embodiment`).',
    body: z.object({ name, uploadId: z.string().max(200) }),
    reply: embodiment,
  }),
}
/** The model file as it came, as bytes. */
export const embodimentModelPath = (embodimentId: string) => `/api/embodiments/${embodimentId}/model`
