import fs from 'node:fs/promises'
import path from 'node:path'
import { type DeploymentDraft, deploymentRoutes } from '@chiron/contract'
import { jcs, sha256, toHex } from '@chiron/core/kit'
import { numberOf, readRows, Trouble } from '@chiron/formats/csv'
import { type ConnectionOptions, connect, type Server } from '../connection.ts'
import { DoesNotHold, Unreachable, UsageError } from '../exit.ts'
import { endProgress, print, progress } from '../print.ts'
import { policyVersionId, splitAt } from './arena-names.ts'

export interface DeploymentsOptions extends ConnectionOptions {
  json?: boolean
  policy?: string
  dryRun?: boolean
}
type Order = DeploymentsOptions & { file: string }
type Report = Omit<DeploymentDraft, 'policyVersionId' | 'clientId'> & { id: string; policy: string }
interface Outcome {
  line: number
  deploymentId?: string
  /** Why it did not come in, in words. */
  fault?: string
}

const REQUIRED = ['task', 'at'] as const
const OPTIONAL = [
  'id',
  'policy',
  'place',
  'success',
  'success_count',
  'failure_count',
  'failure',
  'note',
] as const
type Column = (typeof REQUIRED)[number] | (typeof OPTIONAL)[number]

/** Brings in each line by itself: one that makes no sense is told with its line and keeps no other out. */
export async function importDeployments(order: Order): Promise<void> {
  if (order.policy !== undefined) splitAt(order.policy, '--policy')
  const text = await fs.readFile(path.resolve(order.file), 'utf8').catch(() => {
    throw new UsageError(`${order.file} cannot be read.`)
  })
  const { rows, lines, faults } = readRows<Column, Report>(text, {
    required: REQUIRED,
    optional: OPTIONAL,
    rowOf: (cell) => reportOf(cell, order.policy),
  })
  const outcomes: Outcome[] = faults.map(({ line, why }) => ({ line, fault: why }))
  const server = order.dryRun ? undefined : await connect(order)
  const versions = new Map<string, string>()
  const seen = new Map<string, number>()
  for (const [at, report] of rows.entries()) {
    outcomes.push({ line: lines[at]!, ...(server && (await sent(server, report, versions, seen))) })
    progress(`${at + 1} of ${rows.length} lines`)
  }
  endProgress()
  tell(
    outcomes.sort((a, b) => a.line - b.line),
    order,
  )
}

function reportOf(cell: (name: Column) => string, policy: string | undefined): Report | Trouble {
  const counts = countsOf(cell)
  if (counts instanceof Trouble) return counts
  const happenedAt = new Date(cell('at'))
  if (Number.isNaN(happenedAt.getTime()))
    return new Trouble(`at is “${cell('at')}”, which is not a time (ISO 8601)`)
  const named = cell('policy') || policy
  if (!named) return new Trouble('no policy: give a column policy, or --policy')
  if (!/^.+@.+$/.test(named))
    return new Trouble(`policy is “${named}”, which is not of the form name@version`)
  const [failure, place, note] = [cell('failure').trim(), cell('place'), cell('note')]
  return {
    id: cell('id'),
    policy: named,
    task: cell('task'),
    place,
    happenedAt: happenedAt.toISOString(),
    ...counts,
    failureId: failure === '' ? null : failure,
    note,
  }
}

const YES = new Set(['true', '1', 'yes', 'success', 'succeeded'])
const NO = new Set(['false', '0', 'no', 'failure', 'failed'])

function countsOf(cell: (name: Column) => string) {
  const success = cell('success').trim().toLowerCase()
  const hasCounts = cell('success_count') !== '' || cell('failure_count') !== ''
  if (success !== '' && hasCounts) return new Trouble('it gives success and counts: one of the two')
  if (YES.has(success)) return { successCount: 1, failureCount: 0 }
  if (NO.has(success)) return { successCount: 0, failureCount: 1 }
  if (success !== '') return new Trouble(`success is “${success}”, which is neither true nor false`)
  if (!hasCounts) return new Trouble('it gives neither success nor counts')
  const [successCount, failureCount] = [wholeOf(cell, 'success_count'), wholeOf(cell, 'failure_count')]
  if (successCount instanceof Trouble) return successCount
  return failureCount instanceof Trouble ? failureCount : { successCount, failureCount }
}

function wholeOf(cell: (name: Column) => string, name: 'success_count' | 'failure_count'): number | Trouble {
  const value = numberOf(cell(name) || '0', name)
  if (value instanceof Trouble || (Number.isSafeInteger(value) && value >= 0)) return value
  return new Trouble(`${name} is “${cell(name)}”, which is not a whole number`)
}

/** Lines without an id are named by what they say; of equal ones in a file each counts. */
async function sent(
  server: Server,
  { id, policy, ...report }: Report,
  versions: Map<string, string>,
  seen: Map<string, number>,
): Promise<Pick<Outcome, 'deploymentId' | 'fault'>> {
  try {
    const policyVersion = versions.get(policy) ?? (await policyVersionId(server, policy))
    versions.set(policy, policyVersion)
    const said = toHex(sha256(jcs({ ...report, policy })))
    const nth = (seen.get(said) ?? 0) + 1
    seen.set(said, nth)
    const clientId = id === '' ? `csv ${said} ${nth}` : id
    const body = { ...report, clientId, policyVersionId: policyVersion }
    return { deploymentId: (await server.call(deploymentRoutes.add, { body })).id }
  } catch (cause) {
    if (cause instanceof Unreachable) throw cause
    return { fault: cause instanceof Error ? cause.message : String(cause) }
  }
}

function tell(outcomes: readonly Outcome[], { json, dryRun, file }: Order): void {
  const out = outcomes.filter(({ fault }) => fault !== undefined)
  const tally = `${outcomes.length - out.length} of ${outcomes.length} lines ${dryRun ? 'can come in' : 'came in'}.`
  const name = path.basename(file)
  print(json, outcomes, [...out.map(({ line, fault }) => `✗ ${name}, line ${line}: ${fault}`), tally])
  if (out.length > 0)
    throw new DoesNotHold(`${out.length} of ${outcomes.length} lines did not come in; each is named above.`)
}
