import { CallError } from '@chiron/client'
import { useLease } from '../../data/queries.ts'

export type WhyOver = 'answered' | 'expired'

const WHY: Record<string, WhyOver> = { 'lease-elsewhere': 'answered', 'lease-expired': 'expired' }

/** Why the server says that a task is no longer in hand; undefined while it is, or where nobody could be asked. */
export function useLeaseOver(leaseId: string): WhyOver | undefined {
  const { error } = useLease(leaseId)
  return error instanceof CallError ? WHY[error.code] : undefined
}
