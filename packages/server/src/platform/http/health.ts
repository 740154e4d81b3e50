import fs from 'node:fs/promises'
import { systemRoutes } from '@chiron/contract'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { newestMigration } from '../db/migrate.ts'

const LOW_DISK_BYTES = 512 * 1024 * 1024

/** `GET /healthz`: 200 when this process can serve, 503 and the reason when it cannot. */
export function registerHealth(app: FastifyInstance, deps: Deps, version: string): void {
  const { method, path: url, summary, reply: schema } = systemRoutes.health
  app.route({
    method,
    url,
    schema: { summary, response: { 200: schema, 503: schema } },
    handler: async (_request, reply) => {
      const checks = { database: await databaseCheck(deps), disk: await diskCheck(deps.config.home) }
      const ok = Object.values(checks).every((check) => !check.startsWith('fault'))
      return reply.status(ok ? 200 : 503).send({ ok, version, checks })
    },
  })
}

async function databaseCheck({ db }: Deps): Promise<string> {
  try {
    const found = await sql<{ name: string }>`select max(name) as name from migration`.execute(db)
    const name = found.rows[0]?.name ?? ''
    const wanted = await newestMigration()
    return name === wanted ? 'ok' : `fault: migrated to ${name || 'nothing'}, this version needs ${wanted}`
  } catch (cause) {
    return `fault: ${(cause as Error).message}`
  }
}

async function diskCheck(home: string): Promise<string> {
  const { bavail, bsize } = await fs.statfs(home)
  const freeBytes = bavail * bsize
  return freeBytes < LOW_DISK_BYTES ? `fault: only ${Math.round(freeBytes / 1e6)} MB free` : 'ok'
}
