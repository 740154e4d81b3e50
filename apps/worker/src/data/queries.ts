import { CallError, type CallInput } from '@chiron/client'
import {
  accountRoutes,
  consentRoutes,
  mediaRoutes,
  payRoutes,
  type Reply,
  type Route,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { QueryClient, useQuery } from '@tanstack/preact-query'
import { CAMERAS_KEY } from './cameras-key.ts'
import { client } from './client.ts'
import { forgetKept, type Kept, readKept, writeKept } from './keep.ts'

const MAX_TRIES = 3
const KEEP_AFTER_MS = 400
const DAY_MS = 86_400_000
const LONG_AGO_MS = 1
/** What was read ahead this recently is not read ahead again. */
const AHEAD_MS = 5 * 60_000

/** Refused is refused; only a link that broke or a server in trouble is asked again. */
const worthAnotherTry = (tries: number, error: unknown): boolean =>
  tries < MAX_TRIES && (!(error instanceof CallError) || error.status === 0 || error.status >= 500)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'offlineFirst',
      retry: worthAnotherTry,
      staleTime: 5_000,
      gcTime: DAY_MS,
      refetchOnWindowFocus: true,
    },
  },
})

/** One question to the server. `data` may be what was kept from before while the answer is under way. */
function useRoute<T extends Route>(key: readonly unknown[], route: T, input?: CallInput<T>, enabled = true) {
  return useQuery<Reply<T>, Error>({
    queryKey: key,
    enabled,
    queryFn: ({ signal }) => client.call(route, input, signal),
  })
}

export const useMe = () => useRoute(['me'], accountRoutes.me)
export const useInbox = () => useRoute(['inbox'], taskRoutes.inbox)
export const useOffer = (campaignId: string) =>
  useRoute(['offer', campaignId], taskRoutes.readOffer, { params: { campaignId } })
export const useLease = (leaseId: string) =>
  useRoute(['lease', leaseId], taskRoutes.readLease, { params: { leaseId } })
export const useSubmissions = () =>
  useRoute(['submissions'], submissionRoutes.listOwn, { query: { limit: 100 } })
/** `isThere`: false while it is still on its way, when the server could not know of it. */
export const useSubmission = (submissionId: string, isThere = true) =>
  useRoute(['submission', submissionId], submissionRoutes.readOwn, { params: { submissionId } }, isThere)
export const useEarnings = () => useRoute(['earnings'], payRoutes.earnings, { query: { limit: 100 } })
export const useConsents = () => useRoute(['consents'], consentRoutes.list)
export const useEpisodes = () => useRoute(['episodes'], mediaRoutes.ownEpisodes, { query: { limit: 100 } })
export const useAppeals = () => useRoute(['appeals'], reviewRoutes.listAppeals)

/** So many of the first offers open without a network; each is a few kilobytes of words. */
const MAX_READ_AHEAD = 10

/** Reads what one holds and could do next, so that it opens where there is no network. */
export function readAhead({ leases, offers }: Reply<typeof taskRoutes.inbox>): void {
  const campaigns = [...leases, ...offers].map(({ campaignId }) => campaignId)
  for (const campaignId of [...new Set(campaigns)].slice(0, MAX_READ_AHEAD))
    void ahead(['offer', campaignId], taskRoutes.readOffer, { params: { campaignId } })
  for (const { id } of leases) void ahead(['lease', id], taskRoutes.readLease, { params: { leaseId: id } })
}

const ahead = <T extends Route>(queryKey: readonly unknown[], route: T, input: CallInput<T>): Promise<void> =>
  queryClient.prefetchQuery({ queryKey, queryFn: () => client.call(route, input), staleTime: AHEAD_MS })

/** Asks again for everything whose key begins with one of these names. */
export function refresh(...names: string[]): void {
  for (const name of names) void queryClient.invalidateQueries({ queryKey: [name] })
}

/** After a time without live updates: asks again for what is on the screen and was heard before. */
export function refreshOlderThan(ageMs: number): void {
  const now = Date.now()
  void queryClient.invalidateQueries({ predicate: ({ state }) => now - state.dataUpdatedAt > ageMs })
}

/** Brings back what was last seen, and keeps what comes from now on. */
export function keepQueries(): void {
  // Old, however young: what happened while the page was gone was told to nobody here.
  for (const { key, data } of readKept()) queryClient.setQueryData(key, data, { updatedAt: LONG_AGO_MS })
  let timer: ReturnType<typeof setTimeout> | undefined
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    clearTimeout(timer)
    timer = setTimeout(() => writeKept(keptNow()), KEEP_AFTER_MS)
  })
}

function keptNow(): Kept[] {
  const queries = queryClient.getQueryCache().getAll()
  return queries.flatMap(({ queryKey, state }) =>
    state.data === undefined ? [] : [{ key: queryKey, data: state.data }],
  )
}

/** Another person uses this device now: nothing of the one before stays. */
export function forgetAll(): void {
  queryClient.clear()
  forgetKept()
  localStorage.removeItem(CAMERAS_KEY)
}
