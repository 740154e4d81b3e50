import fs from 'node:fs/promises'
import path from 'node:path'
import { listWorkspaces } from '../features/account/index.ts'
import { wrappedLogKey } from '../features/log/index.ts'
import { wrappedBlobKey } from '../features/media/index.ts'
import { wrappedReleaseKey } from '../features/release/index.ts'
import type { Config } from '../platform/config.ts'
import { type Deps, systemCtx } from '../platform/context.ts'
import { read } from '../platform/tx.ts'
import { StartProblem } from './storage.ts'

/** One secret wraps every key, so a few workspaces tell what all would. */
const MAX_LOOKED_AT = 20

/** Whether this start will make a secret of its own, since there is none yet. */
export async function lacksSecret({ home, secret }: Config): Promise<boolean> {
  if (secret !== undefined) return false
  return fs.access(secretFile(home)).then(
    () => false,
    () => true,
  )
}

/**
 * Throws StartProblem when the database holds keys that the present secret does not open: serving on would wrap new
 * keys with another secret beside them, while no recording opens and no log is sealed. A secret that this very start
 * has made (`isNew`) is taken away again, so that it is not mistaken for the right one.
 */
export async function assertSecretFits(deps: Deps, { isNew }: { isNew: boolean }): Promise<void> {
  for (const workspaceId of (await listWorkspaces(deps)).slice(0, MAX_LOOKED_AT)) {
    const ctx = systemCtx(deps, 'start.secret', workspaceId)
    const wrapped = await read(ctx, async (tx) => [
      await wrappedLogKey(tx, workspaceId),
      await wrappedBlobKey(tx, workspaceId),
      await wrappedReleaseKey(tx, workspaceId),
    ])
    if (wrapped.every((key) => key === undefined || opens(deps, key))) continue
    if (isNew) await fs.rm(secretFile(deps.config.home), { force: true })
    throw new StartProblem(wordsFor(deps.config, isNew))
  }
}

function opens({ secrets }: Deps, wrapped: string): boolean {
  try {
    secrets.unwrap(wrapped)
    return true
  } catch {
    return false
  }
}

function wordsFor({ home, secret }: Config, isNew: boolean): string {
  const file = secretFile(home)
  const what = isNew
    ? `There is no secret in ${file}, but the database holds keys that were wrapped with one.`
    : `The secret in ${secret === undefined ? file : 'CHIRON_SECRET'} does not open the keys in the database.`
  return (
    `${what} Without the right one no recording opens, no PIN works and no log can be sealed, so Chiron does not ` +
    `start. Nothing was changed. Put back the file from your backup (or set CHIRON_SECRET to what it was), then start again.`
  )
}

const secretFile = (home: string): string => path.join(home, 'secret')
