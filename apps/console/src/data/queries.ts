import { CallError, type CallInput } from '@chiron/client'
import { accountRoutes, type Me, type Reply, type Route } from '@chiron/contract'
import { QueryClient, useQuery } from '@tanstack/preact-query'
import { client } from './client.ts'

const MAX_TRIES = 3

/** Refused is refused; only a link that broke or a server in trouble is asked again. */
const worthAnotherTry = (tries: number, error: unknown): boolean =>
  tries < MAX_TRIES && (!(error instanceof CallError) || error.status === 0 || error.status >= 500)

export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: worthAnotherTry, staleTime: 5_000, refetchOnWindowFocus: true } },
})

type AskOptions = {
  /** Ask again this often, in milliseconds; false: only when something is recorded. */
  everyMs?: number | false
  enabled?: boolean
}

/** One question to the server, named by what makes it stale (data/live.ts). */
export function useAsk<T extends Route>(
  name: string,
  route: T,
  input?: CallInput<T>,
  { everyMs = false, enabled = true }: AskOptions = {},
) {
  return useQuery<Reply<T>, Error>({
    queryKey: keyOf(name, input),
    queryFn: ({ signal }) => client.call(route, input, signal),
    refetchInterval: everyMs,
    enabled,
  })
}

/** The same question, asked ahead of time. */
export function prefetch<T extends Route>(name: string, route: T, input: CallInput<T>): void {
  void queryClient.prefetchQuery({
    queryKey: keyOf(name, input),
    queryFn: ({ signal }) => client.call(route, input, signal),
  })
}

export const keyOf = (name: string, input?: unknown): readonly unknown[] =>
  input === undefined ? [name] : [name, input]

/** Pages longer than this are not asked for again by themselves: a reader's place would be lost. */
const MAX_REFRESHED_PAGES = 3

/** Asks again for everything of these names that is on a screen. */
export function refresh(...names: string[]): void {
  for (const name of names) {
    void queryClient.invalidateQueries({
      queryKey: [name],
      predicate: ({ state }) => pageCountOf(state.data) <= MAX_REFRESHED_PAGES,
    })
  }
}

const pageCountOf = (data: unknown): number => (data as { pages?: unknown[] } | undefined)?.pages?.length ?? 0

export type MemberMe = Extract<Me, { as: 'member' }>
export const useMe = () => useAsk('me', accountRoutes.me)
