import { z } from 'zod'

/** Pieces that many nouns share on the wire. */
export const id = z.uuid()
/** ISO 8601 in UTC. */
export const instant = z.iso.datetime()
/** BCP 47, e.g. `en`, `ar`, `pt-BR`. */
export const locale = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
/** Words in several languages, keyed by locale. */
export const localized = z.record(z.string(), z.string())
export const currency = z.string().regex(/^[A-Z]{3}$/)
export const money = z.object({ amountMinor: z.int(), currency })
export type Money = z.infer<typeof money>
export const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
export const done = z.object({ ok: z.literal(true) })

export const MAX_PAGE = 200
/** Keyset pages: `after` is the `next` of the page before. */
export const pageQuery = z.object({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  search: z.string().max(200).optional(),
})
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int().optional() })

/** What a refused request looks like; `code` is stable, `message` is for people. */
export const problem = z.object({
  code: z.string(),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()).optional(),
})
export type Problem = z.infer<typeof problem>
