import { TERM_KINDS } from '@chiron/core/ontology'
import { z } from 'zod'
import { route } from './route.ts'
import { id, instant, localized } from './wire.ts'

export const term = z.object({
  id: z.string(),
  kind: z.enum(TERM_KINDS),
  label: localized,
  description: localized.optional(),
  parent: z.string().optional(),
})
export type Term = z.infer<typeof term>

export const ontology = z.object({
  id,
  name: z.string(),
  latestVersion: z.int(),
  termCount: z.int(),
  createdAt: instant,
})
export const ontologyVersion = z.object({
  ontologyId: id,
  name: z.string(),
  version: z.int(),
  createdAt: instant,
  terms: z.array(term),
})
export type Ontology = z.infer<typeof ontology>
export type OntologyVersion = z.infer<typeof ontologyVersion>

export const ontologyRoutes = {
  list: route({
    method: 'GET',
    path: '/api/ontologies',
    who: 'member',
    summary: 'Vocabularies of this workspace.',
    reply: z.object({ items: z.array(ontology) }),
  }),
  read: route({
    method: 'GET',
    path: '/api/ontologies/:ontologyId/versions/:version',
    who: 'person',
    summary: 'One version of a vocabulary with all its terms.',
    params: z.object({ ontologyId: id, version: z.coerce.number().int().min(1) }),
    reply: ontologyVersion,
  }),
  create: route({
    method: 'POST',
    path: '/api/ontologies',
    who: 'member',
    summary: 'A new vocabulary, version 1.',
    body: z.object({ name: z.string().trim().min(1).max(80), terms: z.array(term).max(2000) }),
    reply: ontologyVersion,
  }),
  revise: route({
    method: 'POST',
    path: '/api/ontologies/:ontologyId/versions',
    who: 'member',
    summary: 'The next version of a vocabulary; earlier ones stay as they are.',
    params: z.object({ ontologyId: id }),
    body: z.object({ terms: z.array(term).max(2000) }),
    reply: ontologyVersion,
  }),
}
