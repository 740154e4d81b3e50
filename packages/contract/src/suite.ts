import { suiteContentSchema } from '@chiron/core/suite'
import { z } from 'zod'
import { term } from './ontology.ts'
import { route } from './route.ts'
import { id, instant, page, pageQuery, sha256Hex } from './wire.ts'

const name = z.string().trim().min(1).max(120)

export const suiteVersion = z.object({
  suiteId: id,
  name: z.string(),
  version: z.int(),
  state: z.enum(['draft', 'frozen']),
  revision: z.int().describe('of a draft: give back the one you saw when you change it'),
  ontologyId: id,
  ontologyVersion: z.int(),
  content: suiteContentSchema,
  sha256: sha256Hex.nullable().describe('of what was signed'),
  createdAt: instant,
  frozenAt: instant.nullable(),
})
export type SuiteVersion = z.infer<typeof suiteVersion>

const versionSummary = z.object({
  version: z.int(),
  state: z.enum(['draft', 'frozen']),
  scenarioCount: z.int(),
  factorCount: z.int(),
  rolloutCount: z.int(),
  createdAt: instant,
  frozenAt: instant.nullable(),
})
export const suite = z.object({
  id,
  name: z.string(),
  createdAt: instant,
  versions: z.array(versionSummary).describe('newest first'),
})
export type Suite = z.infer<typeof suite>

const partDiff = z.object({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.object({ key: z.string(), fields: z.array(z.string()) })),
})
const listDiff = partDiff.omit({ changed: true })
export const suiteDiff = z.object({
  factors: partDiff,
  scenarios: partDiff,
  outcomes: listDiff,
  failures: listDiff,
  criteria: z.array(z.string()),
  comparable: z.array(z.string()).describe('scenarios whose results may be compared across the two'),
})

const settings = z.record(z.string(), z.string())
const coverage = z.object({
  strength: z.int(),
  coveredCount: z.int(),
  possibleCount: z.int(),
  byFactors: z.array(
    z.object({ factors: z.array(z.string()), coveredCount: z.int(), possibleCount: z.int() }),
  ),
  holes: z.array(settings).describe('the first of them'),
  holeCount: z.int(),
  proposed: z.array(settings).describe('settings that would close them, most holes first'),
})

const suiteParams = z.object({ suiteId: id })
const versionParams = suiteParams.extend({ version: z.coerce.number().int().min(1) })
const strength = z.coerce.number().int().min(1).max(4).default(2)
const seed = z.string().max(80).default('1')

export const suiteRoutes = {
  list: route({
    method: 'GET',
    path: '/api/suites',
    who: 'member',
    summary: 'Suites, newest first, each with its versions.',
    query: pageQuery,
    reply: page(suite),
  }),
  create: route({
    method: 'POST',
    path: '/api/suites',
    who: 'member',
    summary: 'A suite whose version 1 is an empty draft in a version of an ontology.',
    body: z.object({ name, ontologyId: id, ontologyVersion: z.int().min(1) }),
    reply: suiteVersion,
  }),
  read: route({
    method: 'GET',
    path: '/api/suites/:suiteId',
    who: 'member',
    summary: 'One suite with its versions.',
    params: suiteParams,
    reply: suite,
  }),
  readVersion: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version',
    who: 'member',
    summary: 'One version, whole, with what keeps it from being frozen and the terms it may use.',
    params: versionParams,
    reply: suiteVersion.extend({
      faults: z.array(z.object({ code: z.string(), at: z.string(), why: z.string() })),
      terms: z.array(term),
    }),
  }),
  draftNext: route({
    method: 'POST',
    path: '/api/suites/:suiteId/versions',
    who: 'member',
    summary: 'The next version as a draft, a copy of the latest frozen one.',
    params: suiteParams,
    reply: suiteVersion,
  }),
  change: route({
    method: 'PUT',
    path: '/api/suites/:suiteId/versions/:version',
    who: 'member',
    summary: 'Changes a draft as a whole.',
    params: versionParams,
    body: z.object({
      revision: z.int(),
      content: suiteContentSchema,
      ontologyVersion: z.int().min(1).optional(),
    }),
    reply: suiteVersion,
  }),
  freeze: route({
    method: 'POST',
    path: '/api/suites/:suiteId/versions/:version/freeze',
    who: 'member',
    summary: 'Freezes and signs a draft; from then on it never changes.',
    params: versionParams,
    body: z.object({ revision: z.int() }),
    reply: suiteVersion,
  }),
  diff: route({
    method: 'GET',
    path: '/api/suites/:suiteId/diff',
    who: 'member',
    summary: 'What differs between two versions.',
    params: suiteParams,
    query: z.object({
      from: z.coerce.number().int().min(1),
      to: z.coerce.number().int().min(1),
    }),
    reply: suiteDiff,
  }),
  coverage: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/coverage',
    who: 'member',
    summary: 'Which combinations of factors the scenarios set up, the holes, and what would close them.',
    params: versionParams,
    query: z.object({ strength, seed }),
    reply: coverage,
  }),
  draftHardCases: route({
    method: 'POST',
    path: '/api/suites/:suiteId/versions/:version/hard-cases/draft',
    who: 'member',
    summary: 'The next version as a draft that holds these scenarios of a version alone.',
    params: versionParams,
    body: z.object({ scenarioKeys: z.array(z.string().max(100)).min(1).max(200) }),
    reply: suiteVersion,
  }),
  hardCases: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/hard-cases',
    who: 'member',
    summary: 'Scenarios to run next: those that failed often and those little is known of.',
    params: versionParams,
    query: z.object({
      count: z.coerce.number().int().min(1).max(200).default(10),
      seed,
      policyVersionId: id.optional(),
      world: z.enum(['real', 'sim']).optional(),
    }),
    reply: z.object({
      items: z.array(
        z.object({
          key: z.string(),
          rolloutCount: z.int().describe('with a known outcome'),
          successCount: z.int(),
          successMean: z.number(),
          successDeviation: z.number(),
          drawn: z.number(),
        }),
      ),
    }),
  }),
  signed: route({
    method: 'GET',
    path: '/api/suites/:suiteId/versions/:version/signed',
    who: 'member',
    summary: 'The frozen version as it was signed (DSSE envelope), to be verified offline.',
    params: versionParams,
    reply: z.object({ envelope: z.string(), key: z.string() }),
  }),
}
