import { type Ctx, withSecret } from '../../platform/context.ts'
import { tidy } from '../../platform/tx.ts'
import { deleteSession } from './credential-store.ts'

/** Ends the session that asks; an API key has none. */
export async function signOut(ctx: Ctx, sessionHash: string | undefined): Promise<void> {
  if (sessionHash) await tidy(withSecret(ctx, sessionHash), (tx) => deleteSession(tx, sessionHash))
}
