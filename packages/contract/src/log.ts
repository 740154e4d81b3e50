import { z } from 'zod'
import { route } from './route.ts'
import { id, instant, page, pageQuery, sha256Hex } from './wire.ts'

export const logRow = z.object({
  id,
  at: instant,
  action: z.string().describe('noun.verb, e.g. `submission.submit`'),
  actor: z.object({
    kind: z.enum(['member', 'worker', 'key', 'system']),
    id: z.string(),
    name: z.string().nullable(),
  }),
  subject: z.object({ kind: z.string(), id: z.string() }),
  facts: z.record(z.string(), z.unknown()),
  /** Position in the Merkle tree; null until sealed (within a second or so). */
  leafIndex: z.int().nullable(),
})
export type LogRow = z.infer<typeof logRow>

export const logRoutes = {
  list: route({
    method: 'GET',
    path: '/api/log',
    who: 'member',
    summary: 'Records of this workspace, newest first.',
    query: pageQuery.extend({
      action: z.string().max(80).optional(),
      subjectId: z.string().max(80).optional(),
    }),
    reply: page(logRow),
  }),
  status: route({
    method: 'GET',
    path: '/api/log/status',
    who: 'member',
    summary: 'Size, root and signed checkpoint of the log.',
    reply: z.object({
      size: z.int(),
      rootHex: sha256Hex,
      checkpoint: z.string(),
      verifierKey: z.string(),
      sealedAt: instant.nullable(),
      unsealedCount: z.int(),
    }),
  }),
  verify: route({
    method: 'POST',
    path: '/api/log/verify',
    who: 'member',
    summary: 'Recompute the whole tree from the records and compare it with the signed checkpoint.',
    reply: z.object({
      holds: z.boolean(),
      checkedCount: z.int(),
      rootHex: sha256Hex,
      faults: z.array(z.object({ recordId: z.string().nullable(), why: z.string() })),
    }),
  }),
  proof: route({
    method: 'GET',
    path: '/api/log/proof/:recordId',
    who: 'person',
    summary:
      'An offline-verifiable proof (C2SP tlog-proof) that a record is in the log; workers get those about themselves.',
    params: z.object({ recordId: id }),
    reply: z.object({ proof: z.string(), entry: z.string(), verifierKey: z.string() }),
  }),
}
