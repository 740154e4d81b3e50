import { driftRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../../platform/context.ts'
import { serve } from '../../platform/http/serve.ts'
import { acknowledgeAlarm } from './acknowledge-alarm.ts'
import { countAlarms, readDrift } from './read-drift.ts'

export function routes(app: FastifyInstance, deps: Deps): void {
  serve(app, deps, driftRoutes.read, (ctx) => readDrift(ctx))
  serve(app, deps, driftRoutes.count, (ctx) => countAlarms(ctx))
  serve(app, deps, driftRoutes.acknowledge, async (ctx, { params }) => {
    await acknowledgeAlarm(ctx, params.alarmId)
    return { ok: true as const }
  })
}
