import pg from 'pg'

/** The superuser, the role that owns the tables, and the role the server works as, which owns nothing. */
export type Role = 'postgres' | 'chiron_owner' | 'chiron_app'

export const DATABASE = 'chiron'

/** How `pg` and pg-boss are told to connect over the socket in `socketDir`. */
export function socketUrl(socketDir: string, role: Role, database: string = DATABASE): string {
  return `postgres://${role}@/${database}?host=${encodeURIComponent(socketDir)}`
}

/** Creates the two roles and the database where they are missing. Others may do the same at the same time. */
export async function ensureRoles(socketDir: string): Promise<void> {
  const client = new pg.Client({ connectionString: socketUrl(socketDir, 'postgres', 'postgres') })
  await client.connect()
  try {
    const found = await client.query(
      'select rolname as name from pg_roles union select datname from pg_database',
    )
    const known = new Set(found.rows.map(({ name }) => name))
    if (!known.has('chiron_owner')) await createTogether(client, 'create role chiron_owner login')
    if (!known.has('chiron_app')) await createTogether(client, 'create role chiron_app login')
    await client.query('grant chiron_app to chiron_owner with admin option')
    if (!known.has(DATABASE)) await createTogether(client, `create database ${DATABASE} owner chiron_owner`)
  } finally {
    await client.end()
  }
}

/** SQLSTATE of an object that exists already, or that somebody creates at this moment. */
const EXISTS = new Set(['42710', '42P04', '23505'])

async function createTogether(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement)
  } catch (error) {
    if (!EXISTS.has((error as pg.DatabaseError).code ?? '')) throw error
  }
}
