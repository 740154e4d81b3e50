import { z } from 'zod'
import { route } from './route.ts'

export const systemRoutes = {
  health: route({
    method: 'GET',
    path: '/healthz',
    who: 'public',
    summary: 'Is the server able to serve: database, migrations, disk.',
    reply: z.object({ ok: z.boolean(), version: z.string(), checks: z.record(z.string(), z.string()) }),
  }),
}
