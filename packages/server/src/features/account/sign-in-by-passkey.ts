import type { WorkerId, WorkspaceId } from '@chiron/core/kit'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { type Ctx, withSecret } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, tidy } from '../../platform/tx.ts'
import { countPasskeyUse, type PasskeyRow, readPasskey } from './credential-store.ts'
import { keepChallenge, type Site, takeKeptChallenge } from './passkey.ts'
import { type SignedIn, startSession } from './session.ts'
import { memberHolder } from './sign-in-by-link.ts'

/** What `navigator.credentials.get` wants to know; the browser offers the passkeys it has for this site. */
export async function passkeySignInOptions(ctx: Ctx, { rpId }: Site) {
  const options = await generateAuthenticationOptions({
    rpID: rpId,
    challenge: new Uint8Array(ctx.deps.clock.randomBytes(32)),
    userVerification: 'preferred',
  })
  return { challengeId: await keepChallenge(ctx, options.challenge), options: { ...options } }
}

interface Answer {
  challengeId: string
  response: Record<string, unknown>
}

/** Signs a member or worker in by passkey: which of the two, the passkey says. */
export async function signInByPasskey(
  ctx: Ctx,
  site: Site,
  { challengeId, response }: Answer,
): Promise<SignedIn> {
  const expectedChallenge = await takeKeptChallenge(ctx, challengeId)
  const credentialId = typeof response.id === 'string' ? response.id : ''
  const holding = withSecret(ctx, credentialId)
  const passkey = await read(holding, (tx) => readPasskey(tx, credentialId))
  if (!passkey) return refuse('bad-credentials', 'This passkey is not known here.')
  const checked = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: false,
    credential: { id: credentialId, publicKey: new Uint8Array(passkey.public_key), counter: passkey.counter },
  }).catch((cause: Error) => refuse('bad-credentials', `This passkey was not accepted: ${cause.message}`))
  if (!checked.verified) refuse('bad-credentials', 'This passkey was not accepted. Please try again.')
  await tidy(holding, (tx) => countPasskeyUse(tx, credentialId, checked.authenticationInfo.newCounter))
  return startSession(ctx, await holderOf(ctx, passkey))
}

async function holderOf(ctx: Ctx, { worker_id, member_id, workspace_id }: PasskeyRow) {
  if (worker_id) return { workerId: worker_id as WorkerId }
  return memberHolder(ctx, workspace_id as WorkspaceId, member_id ?? '')
}
