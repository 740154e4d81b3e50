import { mediaPaths, reviewRoutes } from '@chiron/contract'
import { useAsk } from '../../data/queries.ts'

/** Loads the next item's clip while this one is looked at. Nothing to see. */
export function NextClip({ reviewId }: { reviewId: string }) {
  const next = useAsk('review', reviewRoutes.read, { params: { reviewId } })
  const episodeId = next.data?.episodeId
  if (!episodeId) return null
  return (
    <video
      class="next-clip"
      src={mediaPaths.episodeVideo(episodeId)}
      preload="auto"
      muted
      aria-hidden="true"
      tabIndex={-1}
    />
  )
}
