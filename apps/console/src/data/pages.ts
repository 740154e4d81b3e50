import type { Route } from '@chiron/contract'
import { useInfiniteQuery } from '@tanstack/preact-query'
import { client } from './client.ts'
import { keyOf } from './queries.ts'

type Page<Row> = { items: Row[]; next: string | null; total?: number | undefined }

export const PAGE_ROWS = 100
/** Rows drawn as skeletons below the last one while more exist. */
const ROWS_COMING = 20

export type Pages<Row> = {
  rows: readonly Row[]
  /** For the table: loaded rows, and room for those to come. */
  rowCount: number
  rowAt: (index: number) => Row | undefined
  onNeed: () => void
  /** How many rows are known of, and whether there are more. */
  known: number
  hasMore: boolean
  total: number | undefined
  error: Error | null
  isLoading: boolean
  refetch: () => void
}

/** A list that comes page by page, as far as it is scrolled. */
export function usePages<Row>(
  name: string,
  route: Route,
  query: Record<string, string | undefined> = {},
  params: Record<string, string> = {},
): Pages<Row> {
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value))
  const result = useInfiniteQuery({
    queryKey: keyOf(name, { ...params, ...asked }),
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const page = { ...asked, limit: String(PAGE_ROWS), ...(pageParam ? { after: pageParam } : {}) }
      return (await client.call(route, { query: page, params }, signal)) as Page<Row>
    },
    getNextPageParam: (last: Page<Row>) => last.next ?? undefined,
  })
  const rows = result.data?.pages.flatMap(({ items }) => items) ?? []
  const hasMore = result.hasNextPage
  const coming = result.isLoading ? ROWS_COMING : hasMore ? ROWS_COMING : 0
  return {
    rows,
    rowCount: rows.length + coming,
    rowAt: (index) => rows[index],
    onNeed: () => {
      if (hasMore && !result.isFetchingNextPage) void result.fetchNextPage()
    },
    known: rows.length,
    hasMore,
    total: result.data?.pages[0]?.total,
    error: result.error,
    isLoading: result.isLoading,
    refetch: () => void result.refetch(),
  }
}
