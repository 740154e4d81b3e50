import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import {
  consistencyProof,
  integrate,
  leafHash,
  openCheckpoint,
  type StoredHash,
  verifyConsistency,
} from '@chiron/core/log'
import type pg from 'pg'
import type { Lab } from './lab.ts'
import type { Acknowledged } from './load.ts'

type Row = Record<string, unknown>

/** Rows that break a rule, as `name: what`; SQL that gives no row is a rule that holds. */
const BROKEN: Readonly<Record<string, string>> = {
  'a lease is spent by more than one answer':
    'select lease_id as what from submission group by lease_id having count(*) > 1',
  'a lease is spent without an answer': `select l.id as what from lease l where l.state = 'spent'
    and not exists (select from submission s where s.lease_id = l.id)`,
  'an answer has spent no lease': `select s.id as what from submission s join lease l on l.id = s.lease_id
    where l.state <> 'spent' or l.worker_id <> s.worker_id or l.task_id <> s.task_id`,
  'a task is answered more often than offered': `select t.id as what from task t where
    (select count(*) from submission s where s.task_id = t.id) >
    (select count(*) from lease l where l.task_id = t.id and l.state = 'spent')`,
  'a take is there twice for one attempt': `select task_id || ' ' || attempt as what from submission
    where kind = 'demonstrate' group by task_id, attempt having count(*) > 1`,
  'a question has more answers than its flow may ask': `select s.task_id as what from submission s
    join campaign c on c.id = s.campaign_id where s.kind = 'choose' group by s.task_id, c.flow
    having count(*) > (c.flow->'answers'->>'max')::int`,
  'a worker answered a question twice': `select task_id || ' ' || worker_id as what from submission
    where kind = 'choose' group by task_id, worker_id having count(*) > 1`,
  'an entry does not sum to zero': `select entry_id || ' ' || currency as what from posting
    group by entry_id, currency having sum(amount_minor) <> 0`,
  'the ledger does not sum to zero': `select currency as what from posting group by currency
    having sum(amount_minor) <> 0`,
  'an account is below zero': `select a.kind || ' ' || a.id as what from account a join posting p
    on p.account_id = a.id where a.kind <> 'external' group by a.kind, a.id having sum(p.amount_minor) < 0`,
  'an account says another balance than its postings': `select p.account_id as what from posting p
    where p.balance_minor <> (select sum(q.amount_minor) from posting q
      where q.account_id = p.account_id and q.place <= p.place)`,
  'an accepted answer is not paid exactly once': `select s.id as what from submission s
    where s.state = 'accepted' and (select coalesce(sum(p.amount_minor), 0) from entry e
      join posting p on p.entry_id = e.id join account a on a.id = p.account_id
      where e.purpose_key = 'accept:' || s.id and a.kind = 'balance' and a.worker_id = s.worker_id) <> s.pay_minor`,
  'pay for something undecided or unpaid is still set aside': `select a.worker_id as what from account a
    join posting p on p.account_id = a.id where a.kind = 'pending' group by a.worker_id
    having sum(p.amount_minor) <> coalesce((select sum(s.pay_minor) from submission s
      where s.worker_id = a.worker_id and s.state in ('checking', 'waiting', 'review')), 0)`,
  'an answer has not exactly one record': `select s.id as what from submission s where 1 <>
    (select count(*) from record r where r.action = 'submission.submit' and r.subject_id = s.id::text)`,
  'a record is not sealed': 'select id as what from record where leaf_index is null',
  'the log has a gap or a record twice': `select workspace_id as what from record group by workspace_id
    having count(distinct leaf_index) <> count(*) or max(leaf_index) <> count(*) - 1`,
  'an answer is not decided': `select id || ' ' || state as what from submission
    where state not in ('accepted', 'returned', 'rejected')`,
  'a recording was never looked at': "select id as what from episode where state = 'arrived'",
  'a recording belongs to no answer': `select e.id as what from episode e where e.origin = 'phone'
    and not exists (select from submission s where s.episode_id = e.id and s.id = e.submission_id)`,
  'a finished upload lies unused':
    "select id as what from upload where purpose = 'episode' and used_at is null",
  'an upload was used twice': `select blob_id as what from episode group by blob_id having count(*) > 1`,
  'a job waits, runs or has failed': `select name || ' ' || state || ' ' || coalesce(output::text, '') as what
    from pgboss.job where state not in ('completed')`,
}

/** Everything in the database that breaks a rule, in words. */
export async function brokenRules(database: pg.Client): Promise<string[]> {
  const faults: string[] = []
  for (const [rule, text] of Object.entries(BROKEN)) {
    const { rows } = await database.query<{ what: unknown }>(text)
    if (rows.length > 0) faults.push(`${rule} (${rows.length}): ${rows.slice(0, 5).map(({ what }) => what)}`)
  }
  return faults
}

/** What was acknowledged and is not there, or not as it was sent. */
export async function lostOrChanged(database: pg.Client, said: Acknowledged): Promise<string[]> {
  const faults = [...said.lies]
  const submissions = await byId(database, 'select id, body_hash, worker_id, lease_id from submission')
  for (const [id, { bodyHash, workerId, leaseId }] of said.submissions) {
    const row = submissions.get(id)
    if (!row) faults.push(`the acknowledged answer ${id} is lost`)
    else if (row.body_hash !== bodyHash || row.worker_id !== workerId || row.lease_id !== leaseId)
      faults.push(`the answer ${id} is not what was sent`)
  }
  for (const id of submissions.keys())
    if (!said.submissions.has(id))
      faults.push(`the answer ${id} was never acknowledged, yet its sender went on`)
  const uploads = await byId(database, 'select id, sha256, bytes from upload')
  for (const [id, { sha256, bytes }] of said.uploads) {
    const row = uploads.get(id)
    if (!row) faults.push(`the acknowledged upload ${id} is lost`)
    else if (row.sha256 !== sha256 || Number(row.bytes) !== bytes)
      faults.push(`the upload ${id} is not what was sent`)
  }
  const episodes = await byId(database, "select id from episode where origin = 'import'")
  for (const id of said.imports) if (!episodes.has(id)) faults.push(`the acknowledged import ${id} is lost`)
  if (episodes.size !== said.imports.size)
    faults.push(`${said.imports.size} imports were made, ${episodes.size} are there`)
  return faults
}

async function byId(database: pg.Client, text: string): Promise<Map<string, Row>> {
  const { rows } = await database.query<Row & { id: string }>(text)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Checkpoints ever seen that do not lead to the log as it is now; `verifierKey` must have signed each. */
export async function brokenCheckpoints(
  database: pg.Client,
  { notes, verifierKey, workspaceId }: { notes: Iterable<string>; verifierKey: string; workspaceId: string },
): Promise<string[]> {
  const { rows } = await database.query<{ entry: string }>(
    'select entry from log_entry where workspace_id = $1 order by leaf_index',
    [workspaceId],
  )
  const leafHashes = rows.map(({ entry }) => leafHash(Buffer.from(entry)))
  const whole = integrate({ size: 0, readHash: never, leafHashes })
  const hashes = new Map(whole.stored.map((each: StoredHash) => [`${each.level}/${each.index}`, each.hash]))
  const readHash = (level: number, index: number) => hashes.get(`${level}/${index}`) ?? never()
  const faults: string[] = []
  for (const note of notes) {
    const opened = openCheckpoint(note, verifierKey)
    if (!opened.ok) {
      faults.push(`a checkpoint was not signed by the log’s key: ${opened.reason}`)
      continue
    }
    const { size: size1, root: root1 } = opened.checkpoint
    if (size1 === 0) continue
    const claim = { size1, root1, size2: whole.size, root2: whole.root }
    const isWithin = size1 <= whole.size
    if (!isWithin || !verifyConsistency({ ...claim, proof: consistencyProof(size1, whole.size, readHash) }))
      faults.push(`the log of ${whole.size} records does not begin with the ${size1} that were signed before`)
  }
  return faults
}

function never(): never {
  throw new Error('a log that is read from its first entry needs no other hash')
}

/** Entered blobs whose file is missing or has not all its bytes. */
export async function halfBlobs(database: pg.Client, home: string): Promise<string[]> {
  const { rows } = await database.query<{ workspace_id: string; id: string; bytes: string }>(
    'select workspace_id, id, bytes from blob where key_wrapped is not null',
  )
  return rows.flatMap(({ workspace_id, id, bytes }) => {
    const file = path.join(home, 'blobs', workspace_id, id.slice(-2), id)
    const size = statSync(file, { throwIfNoEntry: false })?.size
    return size === Number(bytes) ? [] : [`${id}: ${size ?? 'no'} of ${bytes} bytes`]
  })
}

/** Digest of a reply's body. */
export async function sha256OfReply(reply: Response): Promise<string> {
  const digest = createHash('sha256')
  for await (const piece of reply.body as unknown as AsyncIterable<Uint8Array>) digest.update(piece)
  return digest.digest('hex')
}

/** Files under a folder, relative to it. */
export function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort()
}

/** Recordings whose bytes are not those that were acknowledged. */
export async function changedBytes(
  { auditor, server: { url } }: Lab,
  database: pg.Client,
): Promise<string[]> {
  const { rows } = await database.query<{ id: string; sha256: string }>('select id, sha256 from episode')
  const faults: string[] = []
  for (const { id, sha256 } of rows) {
    const reply = await fetch(`${url}/api/episodes/${id}/video`, { headers: auditor.headers })
    if (!reply.ok) faults.push(`${id}: ${reply.status} ${await reply.text()}`)
    else if ((await sha256OfReply(reply)) !== sha256) faults.push(`${id}: other bytes than were sent`)
  }
  return faults
}
