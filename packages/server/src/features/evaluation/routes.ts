import {
  embodimentModelPath,
  embodimentRoutes,
  failureRoutes,
  leaderboardRoutes,
  mediaPaths,
  policyRoutes,
  rolloutRoutes,
  rolloutStreamPath,
  simTrustRoutes,
  suiteRoutes,
} from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { callerOf, serve } from '../../platform/http/serve.ts'
import { namedId } from '../../platform/refuse.ts'
import { sendBlob } from '../media/index.ts'
import { heldLease } from '../task/index.ts'
import { addPolicyVersion } from './add-policy-version.ts'
import { addRollout } from './add-rollout.ts'
import { changeSuite } from './change-suite.ts'
import { createEmbodiment } from './create-embodiment.ts'
import { createPolicy } from './create-policy.ts'
import { createSuite } from './create-suite.ts'
import { draftCollection } from './draft-collection.ts'
import { draftHardCases } from './draft-hard-cases.ts'
import { draftSuite } from './draft-suite.ts'
import { eraseRollout } from './erase-rollout.ts'
import { freezeSuite } from './freeze-suite.ts'
import { leaseClipBlob } from './lease-clip.ts'
import { embodimentModel, listEmbodiments } from './list-embodiments.ts'
import { listPolicies, policyDetail } from './list-policies.ts'
import { readFailures } from './read-failures.ts'
import { readKnownRatings } from './read-known-ratings.ts'
import { readLeaderboard } from './read-leaderboard.ts'
import { readRaters } from './read-raters.ts'
import { readRatingAgreement } from './read-rating-agreement.ts'
import { listRollouts, rolloutDetail, rolloutSeries, rolloutStreamBlob } from './read-rollouts.ts'
import { readSimTrust } from './read-sim-trust.ts'
import {
  coverSuite,
  diffSuite,
  hardCasesOf,
  listSuites,
  signedSuite,
  suiteOverview,
  suiteVersionDetail,
} from './read-suites.ts'
import { stateGoldPair } from './state-gold-pair.ts'
import { stateGoldRating } from './state-gold-rating.ts'

const hidden = { schema: { hide: true } } as const

export function routes(app: FastifyInstance, deps: Deps): void {
  policyHttp(app, deps)
  suiteHttp(app, deps)
  rolloutHttp(app, deps)
  clipHttp(app, deps)
}

function policyHttp(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, policyRoutes.list, (ctx, { query }) => listPolicies(ctx, query))
  serve(app, deps, policyRoutes.read, (ctx, { params }) => policyDetail(ctx, params.policyId))
  serve(app, deps, policyRoutes.create, (ctx, { body }) => createPolicy(ctx, body))
  serve(app, deps, policyRoutes.addVersion, (ctx, { params, body }) =>
    addPolicyVersion(ctx, { ...params, ...body }),
  )
  serve(app, deps, embodimentRoutes.list, async (ctx) => ({ items: await listEmbodiments(ctx) }))
  serve(app, deps, embodimentRoutes.create, (ctx, { body }) => createEmbodiment(ctx, body))
  app.get<{ Params: { embodimentId: string } }>(
    embodimentModelPath(':embodimentId'),
    hidden,
    async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'member')
      const id = namedId(request.params.embodimentId, 'embodiment')
      return sendBlob(deps, request, reply, await embodimentModel(ctx, id))
    },
  )
}

function suiteHttp(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, suiteRoutes.list, (ctx, { query }) => listSuites(ctx, query))
  serve(app, deps, suiteRoutes.create, (ctx, { body }) => createSuite(ctx, body))
  serve(app, deps, suiteRoutes.read, (ctx, { params }) => suiteOverview(ctx, params.suiteId))
  serve(app, deps, suiteRoutes.readVersion, (ctx, { params }) => suiteVersionDetail(ctx, params))
  serve(app, deps, suiteRoutes.draftNext, (ctx, { params }) => draftSuite(ctx, params.suiteId))
  serve(app, deps, suiteRoutes.change, (ctx, { params, body }) => changeSuite(ctx, { ...params, ...body }))
  serve(app, deps, suiteRoutes.freeze, (ctx, { params, body }) => freezeSuite(ctx, { ...params, ...body }))
  serve(app, deps, suiteRoutes.diff, (ctx, { params, query }) => diffSuite(ctx, { ...params, ...query }))
  serve(app, deps, suiteRoutes.coverage, (ctx, { params, query }) => coverSuite(ctx, { ...params, ...query }))
  serve(app, deps, suiteRoutes.hardCases, (ctx, { params, query }) =>
    hardCasesOf(ctx, { ...params, ...query }),
  )
  serve(app, deps, suiteRoutes.draftHardCases, (ctx, { params, body }) =>
    draftHardCases(ctx, { ...params, ...body }),
  )
  serve(app, deps, suiteRoutes.signed, (ctx, { params }) => signedSuite(ctx, params))
  serve(app, deps, leaderboardRoutes.read, (ctx, { params, query }) =>
    readLeaderboard(ctx, { ...params, ...query }),
  )
  serve(app, deps, leaderboardRoutes.stateGoldPair, (ctx, { params, body }) =>
    stateGoldPair(ctx, { ...params, ...body }),
  )
  serve(app, deps, leaderboardRoutes.stateGoldRating, (ctx, { params, body }) =>
    stateGoldRating(ctx, { ...params, ...body }),
  )
  serve(app, deps, leaderboardRoutes.knownRatings, (ctx, { params }) =>
    readKnownRatings(ctx, params.campaignId),
  )
  serve(app, deps, leaderboardRoutes.raters, (ctx, { params, query }) =>
    readRaters(ctx, { ...params, ...query }),
  )
  serve(app, deps, leaderboardRoutes.ratingAgreement, (ctx, { params, query }) =>
    readRatingAgreement(ctx, { ...params, ...query }),
  )
  serve(app, deps, simTrustRoutes.read, (ctx, { params }) => readSimTrust(ctx, params))
  serve(app, deps, failureRoutes.clusters, (ctx, { params, query }) =>
    readFailures(ctx, { ...params, ...query }),
  )
  serve(app, deps, failureRoutes.draft, (ctx, { params, body }) =>
    draftCollection(ctx, { ...params, ...body }),
  )
}

function rolloutHttp(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, rolloutRoutes.list, (ctx, { query }) => listRollouts(ctx, query))
  serve(app, deps, rolloutRoutes.add, (ctx, { body }) => addRollout(ctx, body))
  serve(app, deps, rolloutRoutes.read, (ctx, { params }) => rolloutDetail(ctx, params.rolloutId))
  serve(app, deps, rolloutRoutes.erase, async (ctx, { params }) => {
    await eraseRollout(ctx, params.rolloutId)
    return { ok: true as const }
  })
  serve(app, deps, rolloutRoutes.series, (ctx, { params, query }) =>
    rolloutSeries(ctx, { ...params, ...query }),
  )
  app.get<{ Params: { rolloutId: string; name: string } }>(
    rolloutStreamPath(':rolloutId', ':name'),
    hidden,
    async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'member')
      const rolloutId = namedId(request.params.rolloutId, 'rollout')
      const { name } = request.params
      return sendBlob(deps, request, reply, await rolloutStreamBlob(ctx, { rolloutId, name }))
    },
  )
}

/** A clip that a lease asks about, one of two in a pair: seen by its holder, while they hold it. */
function clipHttp(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { leaseId: string; side: string } }>(
    mediaPaths.leaseClip(':leaseId', ':side'),
    hidden,
    async (request, reply) => {
      const ctx = await callerOf(app, deps, request, 'worker')
      const { leaseId, side } = request.params
      const { lease, inside } = await heldLease(ctx, namedId(leaseId, 'task of yours'))
      return sendBlob(deps, request, reply, await leaseClipBlob(inside, { taskId: lease.task_id, side }))
    },
  )
}
