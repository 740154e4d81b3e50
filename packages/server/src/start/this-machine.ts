import fs from 'node:fs/promises'
import path from 'node:path'
import type { WorkspaceId } from '@chiron/core/kit'
import { z } from 'zod'
import { findWorkspace, holdsKey, makeKey } from '../features/account/index.ts'
import { type Deps, systemCtx } from '../platform/context.ts'
import { openTls } from '../platform/http/tls.ts'

interface LocalAccess {
  /** How this machine reaches the server. */
  url: string
  /** The workspace that a key is made for where none is kept; undefined makes none. */
  slug?: string | undefined
}

const KEY_NAME = 'this machine'
const kept = z.object({ key: z.string() })

/**
 * Keeps CHIRON_HOME/cli.json (readable by its owner only), so that `chiron` on this machine reaches this server as a
 * manager without more. Its key is made once and stays; revoked, the next start makes another.
 */
export async function keepLocalAccess(deps: Deps, { url, slug }: LocalAccess): Promise<void> {
  const { home, tls } = deps.config
  const file = path.join(home, 'cli.json')
  const key = (await keyThatHolds(deps, file)) ?? (await newKey(deps, slug))
  if (key === undefined) return
  const certificate = tls ? (await openTls(path.join(home, 'tls'))).cert : undefined
  const half = `${file}.${process.pid}.half`
  await fs.writeFile(half, `${JSON.stringify({ url, key, certificate }, null, 2)}\n`, { mode: 0o600 })
  await fs.rename(half, file)
}

async function keyThatHolds(deps: Deps, file: string): Promise<string | undefined> {
  const text = await fs.readFile(file, 'utf8').catch(() => 'null')
  const parsed = kept.safeParse(jsonOf(text))
  if (!parsed.success) return undefined
  return (await holdsKey(deps, parsed.data.key)) ? parsed.data.key : undefined
}

async function newKey(deps: Deps, slug: string | undefined): Promise<string | undefined> {
  const workspace = slug === undefined ? undefined : await findWorkspace(deps, slug)
  if (!workspace) return undefined
  const ctx = systemCtx(deps, 'start', workspace.id as WorkspaceId)
  return (await makeKey(ctx, { name: KEY_NAME, role: 'manager' })).secret
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // not ours any more: a new one takes its place
  }
}
