import { useEffect, useState } from 'preact/hooks'
import type { Size } from './view.ts'

/** Into the picture that began at a moment, past what rounding may take off. */
const INTO_PICTURE_RATIO = 0.25

export type Still = {
  state: 'loading' | 'ready' | 'failed'
  /** Of the picture, in its pixels; null before it is known. */
  picture: Size | null
  retry: () => void
}

/** Holds a film still at a moment: `ready` once the picture of that moment is on the screen. */
export function useStill(video: HTMLVideoElement | null, timeMs: number, fps: number): Still {
  const [state, setState] = useState<Still['state']>('loading')
  const [picture, setPicture] = useState<Size | null>(null)
  useEffect(() => {
    if (!video) return
    setState('loading')
    const aimSec = (timeMs + (INTO_PICTURE_RATIO * 1000) / (fps || 30)) / 1000
    const seek = () => {
      setPicture({ width: video.videoWidth, height: video.videoHeight })
      video.currentTime = aimSec
    }
    const onSeeked = () => {
      if (Math.abs(video.currentTime - Math.min(aimSec, video.duration)) < 0.01) setState('ready')
    }
    const onError = () => setState('failed')
    video.addEventListener('loadeddata', seek)
    video.addEventListener('seeked', onSeeked)
    video.addEventListener('error', onError)
    if (video.error) onError()
    else if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) seek()
    return () => {
      video.removeEventListener('loadeddata', seek)
      video.removeEventListener('seeked', onSeeked)
      video.removeEventListener('error', onError)
    }
  }, [video, timeMs, fps])
  const retry = () => {
    setState('loading')
    video?.load()
  }
  return { state, picture, retry }
}
