import path from 'node:path'
import { z } from 'zod'

const flag = z.stringbool().optional()

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  ROLE: z.enum(['all', 'web', 'work']).default('all'),
  CHIRON_HOME: z.string().default('.chiron'),
  DATABASE_URL: z.string().optional(),
  DATABASE_APP_URL: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  CHIRON_SECRET: z.string().min(32).optional(),
  CHIRON_SEED: flag.default(true),
  CHIRON_TLS: flag.default(false),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  ERASE_AFTER_HOURS: z.coerce.number().min(0).max(72).default(24),
  MAX_UPLOAD_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(4 * 1024 ** 3),
})

export interface Config {
  port: number
  host: string
  role: 'all' | 'web' | 'work'
  /** Absolute folder that holds all state of this machine. */
  home: string
  /** Owner's connection; undefined means the embedded PostgreSQL. */
  databaseUrl?: string
  /** Connection of the unprivileged role; by default the owner's, switched to `chiron_app`. */
  databaseAppUrl?: string
  /** How others reach this server, when it is not `http(s)://HOST:PORT`. */
  publicUrl?: string
  secret?: string
  seed: boolean
  tls: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  maxUploadBytes: number
  /** How long a recording stays frozen, unreadable, before its bytes and key are destroyed; 72 at most. */
  eraseAfterHours: number
}

/** Reads the environment. Throws one error that names every wrong variable and why. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not usable:\n  ${faults.join('\n  ')}`)
  }
  const e = parsed.data
  return {
    port: e.PORT,
    host: e.HOST,
    role: e.ROLE,
    home: path.resolve(e.CHIRON_HOME),
    seed: e.CHIRON_SEED,
    tls: e.CHIRON_TLS,
    logLevel: e.LOG_LEVEL,
    maxUploadBytes: e.MAX_UPLOAD_BYTES,
    eraseAfterHours: e.ERASE_AFTER_HOURS,
    ...(e.DATABASE_URL ? { databaseUrl: e.DATABASE_URL } : {}),
    ...(e.DATABASE_APP_URL ? { databaseAppUrl: e.DATABASE_APP_URL } : {}),
    ...(e.PUBLIC_URL ? { publicUrl: e.PUBLIC_URL.replace(/\/$/, '') } : {}),
    ...(e.CHIRON_SECRET ? { secret: e.CHIRON_SECRET } : {}),
  }
}
