import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { PgBoss } from 'pg-boss'

const FOLDER = path.join(import.meta.dirname, '../../migrations')
// Any fixed number: it only keeps two migrating processes apart.
const MIGRATION_LOCK = 4_801_973

interface MigrateOptions {
  /** The owner's connection. */
  url: string
  log(line: string): void
}

/**
 * Brings the database to this version: the unprivileged role, the product's tables in file order, the job queue's.
 * A migration that was changed after it ran is an error; each runs in a transaction of its own.
 */
export async function migrate({ url, log }: MigrateOptions): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await ensureRole(client)
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, at timestamptz not null default now())',
    )
    const done = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
    const doneByName = new Map(done.rows.map((row) => [row.name, row.sha256]))
    for (const migration of await readMigrations()) await runOnce(client, { migration, doneByName, log })
    await migrateJobs(url)
    await grantJobs(client)
  } finally {
    await client.end()
  }
}

interface Migration {
  name: string
  text: string
  sha256: string
}

async function readMigrations(): Promise<Migration[]> {
  const names = (await fs.readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = await fs.readFile(path.join(FOLDER, name), 'utf8')
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** How many migrations this version knows, and their last name; for /healthz. */
export async function newestMigration(): Promise<string> {
  const all = await readMigrations()
  return all.at(-1)?.name ?? ''
}

interface Run {
  migration: Migration
  doneByName: ReadonlyMap<string, string>
  log(line: string): void
}

async function runOnce(client: Client, { migration, doneByName, log }: Run): Promise<void> {
  const before = doneByName.get(migration.name)
  if (before === migration.sha256) return
  if (before)
    throw new Error(`Migration ${migration.name} was changed after it ran here; add a new one instead.`)
  log(`migrating ${migration.name}`)
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`Migration ${migration.name} failed and changed nothing: ${(cause as Error).message}`, {
      cause,
    })
  }
}

async function ensureRole(client: Client): Promise<void> {
  await client.query(`do $$ begin
    if not exists (select from pg_roles where rolname = 'chiron_app') then
      create role chiron_app login nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
    execute format('grant chiron_app to %I', current_user);
  exception when duplicate_object or unique_violation then null;
  end $$`)
  await client.query('grant usage on schema public to chiron_app')
}

async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false, max: 1 })
  boss.on('error', () => undefined)
  await boss.start()
  await boss.stop({ graceful: false, close: true })
}

async function grantJobs(client: Client): Promise<void> {
  await client.query(`
    grant usage, create on schema pgboss to chiron_app;
    grant select, insert, update, delete on all tables in schema pgboss to chiron_app;
    grant usage on all sequences in schema pgboss to chiron_app;
    grant execute on all functions in schema pgboss to chiron_app;
    grant select on migration to chiron_app;`)
}
