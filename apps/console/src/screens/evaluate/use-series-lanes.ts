import { type Reply, type RolloutDetail, rolloutRoutes } from '@chiron/contract'
import type { Lane } from '@chiron/ui/player'
import { useQueries } from '@tanstack/preact-query'
import { useMemo } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { keyOf } from '../../data/queries.ts'
import { useQueryPart } from '../../shell/use-query.ts'

type Series = Reply<typeof rolloutRoutes.series>
const POINTS = 1000
const SHOWN_FIRST = 6
const BETWEEN = ','

export type SeriesLanes = {
  lanes: readonly Lane[]
  /** Every value that could be shown, `stream.column`. */
  names: readonly string[]
  shown: readonly string[]
  show: (names: readonly string[]) => void
  error: Error | null
  retry: () => void
}

/** The trajectories of a rollout as lanes of an axis that begins at `startMs` on the rollout's clock. */
export function useSeriesLanes(
  { id: rolloutId, streams }: RolloutDetail,
  axis: { startMs: number; durationMs: number },
): SeriesLanes {
  const [asked, setAsked] = useQueryPart('lanes')
  const trajectories = streams.filter(({ kind }) => kind === 'trajectory')
  const names = trajectories.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`))
  const wanted = asked.split(BETWEEN)
  const shown = asked ? names.filter((name) => wanted.includes(name)) : names.slice(0, SHOWN_FIRST)
  const needed = trajectories.filter(({ name }) => shown.some((each) => each.startsWith(`${name}.`)))
  const results = useQueries({
    queries: needed.map(({ name }) => {
      const input = { params: { rolloutId, name }, query: { points: POINTS } }
      return {
        queryKey: keyOf('series', input),
        queryFn: ({ signal }: { signal: AbortSignal }) => client.call(rolloutRoutes.series, input, signal),
      }
    }),
  })
  const loaded = results.map(({ data }) => data as Series | undefined)
  const lanes = useMemo(
    () =>
      needed.flatMap(({ name, startMs }, at) =>
        (loaded[at]?.columns ?? [])
          .filter((column) => shown.includes(`${name}.${column.name}`))
          .map((column) =>
            laneOf(`${name}.${column.name}`, column, { ...axis, offsetMs: startMs - axis.startMs }),
          ),
      ),
    [shown.join(BETWEEN), ...loaded, axis.startMs, axis.durationMs],
  )
  return {
    lanes,
    names,
    shown,
    show: (next) => setAsked(next.length === 0 ? null : next.join(BETWEEN)),
    error: results.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const { error, refetch } of results) if (error) void refetch()
    },
  }
}

/** One column on the axis; what lies before or behind it is not drawn. A missing value leaves a gap. */
export function laneOf(
  name: string,
  { timesMs, values }: Pick<Series['columns'][number], 'timesMs' | 'values'>,
  { durationMs, offsetMs }: { durationMs: number; offsetMs: number },
): Lane {
  const points = timesMs
    .map((timeMs, at) => ({ timeMs: timeMs + offsetMs, value: values[at] ?? Number.NaN }))
    .filter(({ timeMs }) => timeMs >= 0 && timeMs <= durationMs)
  return {
    id: name,
    label: name,
    kind: 'series',
    data: { timesMs: points.map(({ timeMs }) => timeMs), values: points.map(({ value }) => value) },
  }
}
