import '@chiron/ui/player.css'
import { Skeleton } from '@chiron/ui'
import { ClipPlayer, clockOf } from '@chiron/ui/player'
import { useEffect, useState } from 'preact/hooks'

type OwnClipProps = {
  src: string
  poster?: string
  /** Where to stand. */
  atMs: number | null
  /** Changes when the same place is asked for again. */
  nonce: number
}

/** The frame rate recordings are filmed with; close enough to find a moment. */
const FPS = 30

/** One's own recording as the server has it, standing at a moment. */
export function OwnClip({ src, poster, atMs, nonce }: OwnClipProps) {
  const durationMs = useDurationMs(src)
  const [frame, setFrame] = useState<number | undefined>(undefined)
  useEffect(() => {
    if (durationMs === null || atMs === null) return
    const frameCount = Math.max(1, Math.round((durationMs * FPS) / 1000))
    const target = clockOf({ fps: FPS, frameCount, durationMs }).frameAtMs(Math.min(atMs, durationMs - 1))
    setFrame(undefined)
    const timer = setTimeout(() => setFrame(target))
    return () => clearTimeout(timer)
  }, [durationMs, atMs, nonce])
  if (durationMs === null) return <Skeleton height={220} />
  return (
    <ClipPlayer
      clip={{ src, ...(poster ? { poster } : {}) }}
      fps={FPS}
      frameCount={Math.max(1, Math.round((durationMs * FPS) / 1000))}
      durationMs={durationMs}
      currentFrame={frame}
    />
  )
}

/** A clip's length, asked of the browser. Falls back to a minute when it cannot tell: the player then says why. */
function useDurationMs(src: string): number | null {
  const [durationMs, setDurationMs] = useState<number | null>(null)
  useEffect(() => {
    const video = document.createElement('video')
    video.preload = 'metadata'
    video.muted = true
    video.onloadedmetadata = () =>
      setDurationMs(Number.isFinite(video.duration) ? video.duration * 1000 : 60_000)
    video.onerror = () => setDurationMs(60_000)
    video.src = src
    return () => {
      video.onloadedmetadata = null
      video.onerror = null
      video.removeAttribute('src')
      video.load()
    }
  }, [src])
  return durationMs
}
