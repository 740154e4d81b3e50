import { assert } from '@chiron/core/kit'
import type { Ctx } from './context.ts'
import { refuse } from './refuse.ts'

/** Refuses unless the actor's role may do `action` (`noun.verb`). An action nobody declared is our bug. */
export function may(ctx: Ctx, action: string): void {
  const allowed = ctx.deps.permissions[action]
  assert(allowed !== undefined, `no feature declares who may ${action}`)
  const { actor } = ctx
  const role = actor.kind === 'member' || actor.kind === 'key' ? actor.role : actor.kind
  // An owner may all that a manager may.
  const roles = role === 'owner' ? ['owner', 'manager'] : [role]
  if (allowed.includes('anyone') || roles.some((r) => (allowed as readonly string[]).includes(r))) return
  refuse('not-allowed', `Your role (${role}) may not do this (${action}). Ask an owner of the workspace.`, {
    action,
    role,
  })
}

/** The person of the team who says what is true, under their own name. Refuses `not-allowed` to an API key. */
export function personOf({ actor }: Ctx): string {
  if (actor.kind === 'member') return actor.id
  return refuse('not-allowed', 'A person of the team states what is true, signed in under their own name.')
}
