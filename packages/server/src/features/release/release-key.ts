import { assert } from '@chiron/core/kit'
import type { NoteSigner } from '@chiron/core/log'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import { tidy } from '../../platform/tx.ts'
import { readWorkspace } from '../account/index.ts'
import { newSigningKey, signerOf } from '../log/index.ts'
import { insertKey, readKey } from './store.ts'

/**
 * The key the workspace signs releases with, made with the first one. It is another than the log's, so that the log
 * can change hands (or keys) without the releases that are out; the secret half is wrapped at rest.
 */
export function releaseSigner(ctx: Ctx): Promise<NoteSigner> {
  const { deps } = ctx
  const workspaceId = workspaceOf(ctx)
  return tidy(ctx, async (tx) => {
    if (!(await readKey(tx, workspaceId))) {
      const { slug } = found(await readWorkspace(tx, workspaceId), 'workspace')
      await insertKey(tx, newSigningKey(deps, { workspaceId, slug, use: 'release' }))
    }
    const key = await readKey(tx, workspaceId)
    assert(key !== undefined, 'the key was just made')
    return signerOf(deps, key)
  })
}
