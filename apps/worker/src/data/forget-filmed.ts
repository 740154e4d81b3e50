import { queryClient } from './queries.ts'

const KEY = 'chiron-filmed'
const DECIDED = new Set(['accepted', 'returned', 'rejected', 'frozen'])

type Answered = { id: string; state: string }

/** Notes that a take as filmed lies here for an answer that was sent. */
export function noteFilmed(submissionId: string): void {
  write([...read(), submissionId])
}

/** Deletes takes as filmed once their answers are decided, whenever that is heard of. */
export function forgetFilmedWhenDecided(): void {
  queryClient.getQueryCache().subscribe(({ type, query }) => {
    if (type !== 'updated' || !/^submissions?$/.test(String(query.queryKey[0]))) return
    const data = query.state.data as Answered | { items: Answered[] } | undefined
    if (data) void forget('items' in data ? data.items : [data])
  })
}

async function forget(answers: readonly Answered[]): Promise<void> {
  const waiting = read()
  const decided = answers.filter(({ id, state }) => waiting.includes(id) && DECIDED.has(state))
  if (decided.length === 0) return
  const ids = new Set(decided.map(({ id }) => id))
  const { openTakes } = await import('@chiron/capture')
  const takes = await openTakes()
  for (const { takeId, context } of await takes.finished())
    if (context.sentAs !== undefined && ids.has(context.sentAs)) await takes.remove(takeId)
  write(read().filter((id) => !ids.has(id)))
}

function read(): string[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]') as string[]
  } catch {
    return []
  }
}

const write = (ids: readonly string[]): void => localStorage.setItem(KEY, JSON.stringify(ids))
