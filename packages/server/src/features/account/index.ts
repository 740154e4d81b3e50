import type { Feature } from '../../platform/feature.ts'
import { accountHttp } from './routes.ts'

export { actorNames } from './actor-names.ts'
export { addMember } from './add-member.ts'
export { createWorkspace } from './create-workspace.ts'
export { findWorkspace } from './find-workspace.ts'
export { holdsKey } from './holds-key.ts'
export { identify } from './identify.ts'
export { join } from './join.ts'
export { listPeople } from './list-people.ts'
export { listMembers as listTeam } from './list-team.ts'
export { listWorkspaces } from './list-workspaces.ts'
export { makeInvite } from './make-invite.ts'
export { makeKey } from './make-key.ts'
export { makeMemberLink } from './make-member-link.ts'
export { markSeeded } from './mark-seeded.ts'
export { COOKIES, startSession } from './session.ts'
export {
  countriesOf,
  listWorkspacesOf,
  memberNames,
  type PeoplePage,
  pseudonymsOf,
  readWorkspace,
} from './store.ts'

export const account: Feature = {
  name: 'account',
  routes: accountHttp,
  permissions: {
    'workspace.create': ['system'],
    'workspace.seed': ['system'],
    'member.add': ['owner', 'system'],
    'member.change': ['owner'],
    'member.link': ['owner', 'system'],
    'member.remove': ['owner'],
    'member.list': ['manager', 'reviewer', 'auditor', 'system'],
    'invite.make': ['manager', 'system'],
    'invite.list': ['manager'],
    'worker.join': ['worker'],
    'passkey.add': ['manager', 'reviewer', 'auditor'],
    'key.make': ['owner', 'system'],
    'key.revoke': ['owner'],
    'key.list': ['owner'],
    'people.list': ['manager', 'reviewer', 'auditor'],
  },
}
