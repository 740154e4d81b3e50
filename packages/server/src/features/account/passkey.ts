import { newId } from '../../platform/clock.ts'
import type { Ctx, Deps } from '../../platform/context.ts'
import { withSecret } from '../../platform/context.ts'
import { refuse } from '../../platform/refuse.ts'
import { tidy } from '../../platform/tx.ts'
import { insertChallenge, takeChallenge } from './credential-store.ts'

const CHALLENGE_MS = 5 * 60_000

/** The site a passkey belongs to: the public address where one is set, else the host the browser asked. */
export interface Site {
  origin: string
  rpId: string
}

interface Asked {
  protocol: string
  host: string
}

export function siteOf({ config }: Deps, { protocol, host }: Asked): Site {
  const origin = config.publicUrl ?? `${protocol}://${host}`
  return { origin, rpId: new URL(origin).hostname }
}

export async function keepChallenge(ctx: Ctx, challenge: string): Promise<string> {
  const { clock } = ctx.deps
  const id = newId(clock)
  const expires_at = new Date(clock.now().getTime() + CHALLENGE_MS)
  await tidy(withSecret(ctx, id), (tx) => insertChallenge(tx, { id, challenge, expires_at }))
  return id
}

export async function takeKeptChallenge(ctx: Ctx, challengeId: string): Promise<string> {
  const kept = await tidy(withSecret(ctx, challengeId), (tx) => takeChallenge(tx, challengeId))
  if (!kept || kept.expires_at <= ctx.deps.clock.now())
    return refuse('expired', 'This took too long, or was answered already. Please start again.')
  return kept.challenge
}
