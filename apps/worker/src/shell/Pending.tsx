import type { ComponentChildren } from 'preact'
import { Trouble } from './Trouble.tsx'

type PendingProps = {
  query: { error: unknown; refetch: () => unknown }
  /** The shape of what will be there. */
  children: ComponentChildren
}

/** What stands where an answer has not come yet: its shape, or what went wrong, with another try where that may help. */
export function Pending({ query, children }: PendingProps) {
  if (query.error) return <Trouble error={query.error} onRetry={() => void query.refetch()} />
  return <>{children}</>
}
