import { qualityRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { judgedTasks } from './judged-tasks.ts'
import { judgedWorkers } from './judged-workers.ts'
import { readJudgement } from './read-judgement.ts'
import { retireGold } from './retire-gold.ts'
import { stateAnswer } from './state-answer.ts'

export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, qualityRoutes.judgement, (ctx, { params }) => readJudgement(ctx, params.campaignId))
  serve(app, deps, qualityRoutes.judgedWorkers, (ctx, { params, query }) =>
    judgedWorkers(ctx, params.campaignId, query),
  )
  serve(app, deps, qualityRoutes.judgedTasks, (ctx, { params, query }) =>
    judgedTasks(ctx, params.campaignId, query),
  )
  serve(app, deps, qualityRoutes.stateAnswer, (ctx, { params, body }) =>
    stateAnswer(ctx, { ...params, label: body.label }),
  )
  serve(app, deps, qualityRoutes.retireGold, async (ctx, { params }) => {
    await retireGold(ctx, params)
    return { ok: true as const }
  })
}
