/** Why the embedded database could not start, in words for the person who started it. */
export class PostgresProblem extends Error {
  readonly code: PostgresProblemCode

  constructor(code: PostgresProblemCode, message: string) {
    super(message)
    this.name = 'PostgresProblem'
    this.code = code
  }
}

export type PostgresProblemCode =
  | 'no-binaries'
  | 'no-unprivileged-user'
  | 'permission'
  | 'disk-full'
  | 'not-a-data-folder'
  | 'other-version'
  | 'other-user'
  | 'failed'

/**
 * Turns what PostgreSQL or the operating system wrote into a problem with a plain message.
 * `doing` completes the sentence "The database could not …"; `dataDir` is the folder concerned.
 */
export function explain(doing: string, dataDir: string, detail: string): PostgresProblem {
  if (/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/i.test(detail)) {
    return new PostgresProblem(
      'disk-full',
      `The database could not ${doing}: the disk that holds ${dataDir} is full. ` +
        'Nothing stored so far is lost. Free some space (PostgreSQL needs about 200 MB to work), then start again.',
    )
  }
  if (/Permission denied|EACCES|EPERM|Read-only file system|EROFS/i.test(detail)) {
    return new PostgresProblem(
      'permission',
      `The database could not ${doing}: this user may not write in ${dataDir}. ` +
        'Give the folder to the user that runs Chiron, or set CHIRON_HOME to a folder of its own.',
    )
  }
  return new PostgresProblem(
    'failed',
    `The database could not ${doing} (${dataDir}). It said:\n${lastLines(detail)}`,
  )
}

const SHOWN_LINES = 15

function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n')
  return lines.slice(-SHOWN_LINES).join('\n') || 'nothing'
}
