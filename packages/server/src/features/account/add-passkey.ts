import { utf8 } from '@chiron/core/kit'
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { newId } from '../../platform/clock.ts'
import { type Ctx, withSecret } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { record } from '../../platform/record.ts'
import { refuse } from '../../platform/refuse.ts'
import { read, type Tx, tidy, write } from '../../platform/tx.ts'
import { insertPasskey, listPasskeys, type PasskeyOwner } from './credential-store.ts'
import { keepChallenge, type Site, takeKeptChallenge } from './passkey.ts'
import { readMe } from './read-me.ts'

type Transport = 'ble' | 'cable' | 'hybrid' | 'internal' | 'nfc' | 'smart-card' | 'usb'

/** What `navigator.credentials.create` wants to know. */
export async function passkeyOptions(ctx: Ctx, { rpId }: Site) {
  const owner = ownerOf(ctx)
  const me = await readMe(ctx)
  const existing = await read(ctx, (tx) => listPasskeys(tx, owner))
  const options = await generateRegistrationOptions({
    rpName: 'Chiron',
    rpID: rpId,
    userName: me.as === 'worker' ? me.handle : me.name,
    userDisplayName: me.name,
    userID: utf8(owner.member_id ?? owner.worker_id ?? ''),
    challenge: new Uint8Array(ctx.deps.clock.randomBytes(32)),
    attestationType: 'none',
    excludeCredentials: existing.map(({ credential_id, transports }) => ({
      id: credential_id,
      transports: transports as Transport[],
    })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
  })
  return { challengeId: await keepChallenge(ctx, options.challenge), options: { ...options } }
}

interface Answer {
  challengeId: string
  response: Record<string, unknown>
}

/** Keeps a passkey for the signed-in person. */
export async function addPasskey(ctx: Ctx, site: Site, { challengeId, response }: Answer): Promise<void> {
  const owner = ownerOf(ctx)
  const expectedChallenge = await takeKeptChallenge(ctx, challengeId)
  const checked = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge,
    expectedOrigin: site.origin,
    expectedRPID: site.rpId,
    requireUserVerification: false,
  }).catch((cause: Error) => refuse('bad-credentials', `This passkey could not be used: ${cause.message}`))
  if (!checked.verified) return refuse('bad-credentials', 'This passkey could not be used. Please try again.')
  const { id, publicKey, counter, transports = [] } = checked.registrationInfo.credential
  const { clock } = ctx.deps
  const passkeyId = newId(clock)
  const insert = (tx: Tx) =>
    insertPasskey(tx, {
      ...owner,
      workspace_id: ctx.workspaceId,
      id: passkeyId,
      credential_id: id,
      public_key: Buffer.from(publicKey),
      counter,
      transports: [...transports],
      created_at: clock.now(),
    })
  // A worker's passkey belongs to no workspace, so no workspace's log tells of it.
  if (ctx.workspaceId === null) await tidy(withSecret(ctx, id), insert)
  else {
    await write(ctx, async (tx) => {
      may(ctx, 'passkey.add')
      await insert(tx)
      await record(tx, ctx, 'passkey.add', { subject: { kind: 'passkey', id: passkeyId } })
    })
  }
}

function ownerOf({ actor }: Ctx): PasskeyOwner {
  if (actor.kind === 'member') return { member_id: actor.id, worker_id: null }
  if (actor.kind === 'worker') return { member_id: null, worker_id: actor.id }
  return refuse('not-allowed', 'Only a person can have a passkey.')
}
