import fs from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

const SOCKET = '.s.PGSQL.5432'
/** PostgreSQL's answer to a commit: CommandComplete, length, tag. */
const COMMITTED = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1')

export interface BreakingLine {
  /** The database by way of the line. */
  url: string
  /** The next commit takes effect, but the line breaks before anybody hears of it. */
  breakAfterNextCommit(): void
}

/** A line to the test's database that can break at the moment in which nobody knows whether a commit happened. */
export async function breakingLine(url: string): Promise<BreakingLine> {
  // A URL with a socket's folder for a host has no host that `URL` would read.
  const query = new URLSearchParams(url.slice(url.indexOf('?')))
  const target = path.join(query.get('host') ?? '', SOCKET)
  const folder = await fs.mkdtemp(path.join(tmpdir(), 'chiron-line-'))
  let isArmed = false
  const server = net.createServer((client) => {
    const database = net.connect(target)
    client.on('error', () => database.destroy()).on('close', () => database.destroy())
    database.on('error', () => client.destroy()).on('close', () => client.destroy())
    client.pipe(database)
    database.on('data', (bytes) => {
      if (!isArmed || !bytes.includes(COMMITTED)) return client.write(bytes)
      isArmed = false
      return client.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(path.join(folder, SOCKET), resolve))
  afterAll(async () => {
    server.close()
    await fs.rm(folder, { recursive: true, force: true })
  })
  query.set('host', folder)
  return {
    url: `${url.slice(0, url.indexOf('?'))}?${query}`,
    breakAfterNextCommit: () => {
      isArmed = true
    },
  }
}
