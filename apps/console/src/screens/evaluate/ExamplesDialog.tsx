import { rolloutRoutes } from '@chiron/contract'
import { Dialog, Skeleton, useI18n } from '@chiron/ui'
import { useAsk } from '../../data/queries.ts'
import { ExampleClip } from './ExampleClip.tsx'

/** Which runs stand behind a figure: one or two of each of these are shown. */
export type ExamplesOf = {
  title: string
  /** Runs by their ids, or the newest of each of these. */
  ids?: readonly string[]
  filters?: readonly ExampleFilter[]
}
export type ExampleFilter = {
  suiteId: string
  suiteVersion: number
  world: 'real' | 'sim' | 'both'
  policyId: string
  policyVersionId: string
  outcome?: 'success' | 'failure'
}

/** A panel with clips behind a figure. */
export function ExamplesDialog({ of, onClose }: { of: ExamplesOf | null; onClose: () => void }) {
  return (
    <Dialog open={of !== null} onClose={onClose} title={of?.title ?? ''}>
      {of && (
        <div class="example-clips">
          {of.ids?.map((id) => (
            <ExampleClip key={id} rolloutId={id} />
          ))}
          {of.filters?.map((filter) => (
            <Newest key={JSON.stringify(filter)} filter={filter} />
          ))}
        </div>
      )}
    </Dialog>
  )
}

function Newest({ filter }: { filter: ExampleFilter }) {
  const { t } = useI18n()
  const { world, ...rest } = filter
  const query = { ...rest, ...(world === 'both' ? {} : { world }), limit: 1 }
  const found = useAsk('rollouts', rolloutRoutes.list, { query })
  if (!found.data) return <Skeleton height={120} />
  const [rollout] = found.data.items
  if (!rollout)
    return <p class="quiet">{t(filter.outcome ? `example.none.${filter.outcome}` : 'example.none.any')}</p>
  return <ExampleClip rolloutId={rollout.id} />
}
