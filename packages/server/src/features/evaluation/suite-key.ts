import { assert } from '@chiron/core/kit'
import type { NoteSigner } from '@chiron/core/log'
import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { found } from '../../platform/refuse.ts'
import type { Tx } from '../../platform/tx.ts'
import { readWorkspace } from '../account/index.ts'
import { newSigningKey, signerOf } from '../log/index.ts'
import { insertSuiteKey, readSuiteKey } from './suite-store.ts'

/** The key the workspace signs suites with, made with the first one; its secret half is wrapped at rest. */
export async function suiteSigner(tx: Tx, ctx: Ctx): Promise<{ signer: NoteSigner; publicKey: string }> {
  const workspaceId = workspaceOf(ctx)
  if (!(await readSuiteKey(tx, workspaceId))) {
    const { slug } = found(await readWorkspace(tx, workspaceId), 'workspace')
    await insertSuiteKey(tx, newSigningKey(ctx.deps, { workspaceId, slug, use: 'suite' }))
  }
  const key = await readSuiteKey(tx, workspaceId)
  assert(key !== undefined, 'the key was just made')
  return { signer: signerOf(ctx.deps, key), publicKey: key.public_key }
}
