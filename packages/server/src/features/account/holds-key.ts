import type { Deps } from '../../platform/context.ts'
import { secretHash } from '../../platform/secrets.ts'
import { keyHolder } from './credential-store.ts'

/** Whether an API key of this secret exists here and was not revoked. */
export async function holdsKey({ db }: Deps, secret: string): Promise<boolean> {
  return (await keyHolder(db, secretHash(secret))) !== undefined
}
