import { type LogRow, logRoutes } from '@chiron/contract'
import { useAsk } from '../../data/queries.ts'

/** One record. The log is listed downwards from an id, so the list from the next greater id begins with it. */
export function useRecord(recordId: string, known: LogRow | undefined) {
  const input = { query: { after: successorOf(recordId), limit: 1 } }
  const asked = useAsk('log', logRoutes.list, input, { enabled: known === undefined })
  const first = asked.data?.items[0]
  const isMissing = known === undefined && asked.data !== undefined && first?.id !== recordId
  return { record: known ?? (first?.id === recordId ? first : undefined), isMissing, error: asked.error }
}

/** The least UUID greater than this one. */
export function successorOf(id: string): string {
  const hex = (BigInt(`0x${id.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
