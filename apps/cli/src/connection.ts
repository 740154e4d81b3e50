import fs from 'node:fs/promises'
import path from 'node:path'
import tls from 'node:tls'
import { CallError, type Client, createClient } from '@chiron/client'
import { z } from 'zod'
import { Unreachable, UsageError } from './exit.ts'

export interface ConnectionOptions {
  server?: string
  key?: string
}

/** The server, and how bytes are got from it. */
export interface Server extends Client {
  readonly baseUrl: string
  /** The bytes behind a path. Throws Unreachable. */
  download(path: string): Promise<Response>
}

/** Written by `npm start` for commands on the same machine. `certificate` is its own one, where it serves https. */
const localFile = z.object({ url: z.url(), key: z.string(), certificate: z.string().optional() })
type Local = z.infer<typeof localFile>

/**
 * The Chiron of `--server` and `--key`, else of CHIRON_URL and CHIRON_API_KEY, else the one that this machine runs.
 * @throws UsageError when none is known
 */
export async function connect({ server, key }: ConnectionOptions): Promise<Server> {
  const local = await readLocal()
  const baseUrl = (server ?? process.env.CHIRON_URL ?? local?.url)?.replace(/\/+$/, '')
  // The key of this machine is for this machine's server alone.
  const apiKey = key ?? process.env.CHIRON_API_KEY ?? (baseUrl === local?.url ? local?.key : undefined)
  if (!baseUrl || !apiKey) throw new UsageError(baseUrl ? NO_KEY : NO_SERVER)
  if (!URL.canParse(baseUrl))
    throw new UsageError(`${baseUrl} is not an address such as https://chiron.example`)
  if (local?.certificate && baseUrl === local.url) trust(local.certificate)
  return openServer(baseUrl, createClient({ baseUrl, apiKey }))
}

const NO_SERVER =
  'Which Chiron? Run `npm start` in this folder, or give --server URL and --key KEY ' +
  '(or CHIRON_URL and CHIRON_API_KEY). Keys are made in the console under Settings.'
const NO_KEY =
  'Give --key KEY or set CHIRON_API_KEY for that server. Keys are made in the console under Settings.'

function openServer(baseUrl: string, client: Client): Server {
  const unreachable = (cause: unknown): never => {
    const isOffline = cause instanceof CallError ? cause.code === 'offline' : cause instanceof TypeError
    throw isOffline ? new Unreachable(baseUrl) : cause
  }
  return {
    ...client,
    baseUrl,
    call: (...request) => client.call(...request).catch(unreachable),
    download: (path) => fetch(client.url(path), { headers: client.headers() }).catch(unreachable),
  }
}

function trust(certificate: string): void {
  // Older Node 24 lacks it; there the caller sets NODE_EXTRA_CA_CERTS.
  tls.setDefaultCACertificates?.([...tls.getCACertificates('default'), certificate])
}

async function readLocal(): Promise<Local | undefined> {
  const file = path.resolve(process.env.CHIRON_HOME ?? '.chiron', 'cli.json')
  const text = await fs.readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return localFile.parse(JSON.parse(text))
  } catch {
    throw new UsageError(`${file} cannot be read. Delete it and start Chiron again; it will be made anew.`)
  }
}
