import type { WorkspaceId } from '@chiron/core/kit'
import { type NoteSigner, verifierKeyOf } from '@chiron/core/log'
import type { Deps } from '../../platform/context.ts'

const KEY_BYTES = 32

/** A key of a workspace as a row keeps it: the secret half wrapped. */
export interface SigningKeyRow {
  workspace_id: WorkspaceId
  name: string
  public_key: string
  secret_wrapped: string
  created_at: Date
}

/** A fresh Ed25519 key for what a workspace hands out (`release`, `suite`), named after host, use and workspace. */
export function newSigningKey(
  deps: Deps,
  { workspaceId, slug, use }: { workspaceId: WorkspaceId; slug: string; use: string },
): SigningKeyRow {
  const name = `${new URL(deps.publicUrl || 'http://localhost').host}/${use}/${slug}`
  const secretKey = new Uint8Array(deps.clock.randomBytes(KEY_BYTES))
  return {
    workspace_id: workspaceId,
    name,
    public_key: verifierKeyOf({ name, secretKey }),
    secret_wrapped: deps.secrets.wrap(secretKey),
    created_at: deps.clock.now(),
  }
}

/** Opens a kept key for signing. */
export const signerOf = (
  { secrets }: Deps,
  { name, secret_wrapped: wrapped }: Pick<SigningKeyRow, 'name' | 'secret_wrapped'>,
): NoteSigner => ({ name, secretKey: new Uint8Array(secrets.unwrap(wrapped)) })
