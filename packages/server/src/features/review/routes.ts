import { reviewRoutes, submissionRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { decideReview } from './decide-review.ts'
import { oneReview, reviewQueue } from './list-reviews.ts'
import { makeAppeal } from './make-appeal.ts'
import { listOwnAppeals, ownAnswer, ownAnswers } from './own-decisions.ts'
import { readReviewDetail } from './read-review.ts'

export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, reviewRoutes.list, (ctx, { query }) => reviewQueue(ctx, query))
  serve(app, deps, reviewRoutes.read, (ctx, { params }) => readReviewDetail(ctx, params.reviewId))
  serve(app, deps, reviewRoutes.decide, async (ctx, { params, body }) => {
    await decideReview(ctx, params.reviewId, body)
    return oneReview(ctx, params.reviewId)
  })
  serve(app, deps, reviewRoutes.appeal, (ctx, { body }) => makeAppeal(ctx, body))
  serve(app, deps, reviewRoutes.listAppeals, async (ctx) => ({ items: await listOwnAppeals(ctx) }))
  serve(app, deps, submissionRoutes.listOwn, (ctx, { query }) => ownAnswers(ctx, query))
  serve(app, deps, submissionRoutes.readOwn, (ctx, { params }) => ownAnswer(ctx, params.submissionId))
}
