import { mediaPaths, reviewRoutes } from '@chiron/contract'
import { useAsk } from '../../data/queries.ts'

/** Loads the next item's clip while this one is looked at. Nothing to see. */
export function NextClip({ reviewId }: { reviewId: string }) {
  const next = useAsk('review', reviewRoutes.read, { params: { reviewId } })
  const { episodeId, clip } = next.data ?? {}
  const src = clip ? clip.videoUrl : episodeId && mediaPaths.episodeVideo(episodeId)
  if (!src) return null
  return <video class="next-clip" src={src} preload="auto" muted aria-hidden="true" tabIndex={-1} />
}
