import { spawnSync } from 'node:child_process'
import { chownSync, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { PostgresProblem } from './problem.ts'

/**
 * As whom PostgreSQL's programs run. It refuses the administrator, so root lends it another identity:
 * `prefix` goes before each command, `uid` is the owner its files must have, if that has to be arranged.
 */
export type Identity = { prefix: string[]; uid?: number }

const NOBODY_UID = 65534

/** Chooses the identity: the user itself, or for root a user namespace, or else an unprivileged user. */
export function chooseIdentity(): Identity {
  if (process.getuid?.() !== 0) return { prefix: [] }
  const candidates: Identity[] = [
    { prefix: ['unshare', '-U', '--map-user=1000', '--map-group=1000'], uid: 0 },
    {
      prefix: ['setpriv', `--reuid=${NOBODY_UID}`, `--regid=${NOBODY_UID}`, '--clear-groups'],
      uid: NOBODY_UID,
    },
  ]
  const forced = process.env.CHIRON_POSTGRES_IDENTITY
  const usable = candidates.find(({ prefix }) => (!forced || forced === prefix[0]) && works(prefix))
  if (usable) return usable
  throw new PostgresProblem(
    'no-unprivileged-user',
    'The database could not start: PostgreSQL does not run as root, and this machine offers neither user ' +
      'namespaces (unshare) nor setpriv. Run Chiron as an ordinary user, or set DATABASE_URL.',
  )
}

function works(prefix: string[]): boolean {
  const [program, ...args] = prefix
  return spawnSync(program!, [...args, 'true'], { stdio: 'ignore' }).status === 0
}

/** Gives a folder and all in it to the identity's user. Links are not followed. */
export function giveTo({ uid }: Identity, folder: string): void {
  if (uid === undefined || lstatSync(folder).uid === uid) return
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(path.join(entry.parentPath, entry.name), uid, uid)
  }
  chownSync(folder, uid, uid)
}
