import type { Role } from '@chiron/contract'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { MemberMe } from '../data/queries.ts'

/** The member who is signed in; screens inside the shell always have one. */
export const MeContext = createContext<MemberMe | null>(null)

export function useMember(): MemberMe {
  const me = useContext(MeContext)
  if (!me) throw new Error('a screen outside of the shell asked who is signed in')
  return me
}

const TEAM: readonly Role[] = ['owner', 'manager', 'reviewer', 'auditor']
const MANAGERS: readonly Role[] = ['owner', 'manager']

/** What the server lets each role do, as far as buttons depend on it. The server decides; this only hides. */
const DEEDS = {
  'campaign.write': MANAGERS,
  'drift.acknowledge': ['owner', 'manager', 'reviewer'],
  'gold.state': ['owner', 'manager', 'reviewer'],
  'gold.retire': ['owner', 'manager', 'reviewer'],
  'invite.make': MANAGERS,
  'key.write': ['owner'],
  'member.write': ['owner'],
  'ontology.write': MANAGERS,
  'passkey.add': ['owner', 'manager', 'reviewer', 'auditor'],
  'pay.read': ['owner', 'manager', 'auditor'],
  'pay.write': MANAGERS,
  'quarantine.see': MANAGERS,
  'release.create': MANAGERS,
  'review.decide': ['owner', 'manager', 'reviewer'],
  'suite.write': MANAGERS,
  'rollout.erase': MANAGERS,
  'team.read': TEAM,
} as const satisfies Record<string, readonly Role[]>

export type Deed = keyof typeof DEEDS

/** Whether a role may do it. */
export const mayRole = (role: Role, deed: Deed): boolean => (DEEDS[deed] as readonly Role[]).includes(role)

/** Whether the signed-in member may do it. */
export function useMay(): (deed: Deed) => boolean {
  const { role } = useMember()
  return (deed) => mayRole(role, deed)
}
