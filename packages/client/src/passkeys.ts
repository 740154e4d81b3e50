import { accountRoutes, type Me } from '@chiron/contract'
import type { Client } from './call.ts'

type OptionsJson = { optionsJSON: never }

/** Passkeys need https (or this machine itself) and a browser that knows them. */
export const hasPasskeys = (): boolean =>
  globalThis.isSecureContext && typeof globalThis.PublicKeyCredential === 'function'

/** Asks the device for a passkey of this site and signs in with it. Rejects when the person says no. */
export async function signInByPasskey(client: Client): Promise<Me> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const { challengeId, options } = await client.call(accountRoutes.passkeySignInOptions)
  const response = await startAuthentication({ optionsJSON: options } as unknown as OptionsJson)
  return await client.call(accountRoutes.signInByPasskey, {
    body: { challengeId, response: response as unknown as Record<string, unknown> },
  })
}

/** Makes a passkey on this device for the signed-in person. */
export async function addPasskey(client: Client): Promise<void> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  const { challengeId, options } = await client.call(accountRoutes.passkeyOptions)
  const response = await startRegistration({ optionsJSON: options } as unknown as OptionsJson)
  await client.call(accountRoutes.addPasskey, {
    body: { challengeId, response: response as unknown as Record<string, unknown> },
  })
}
