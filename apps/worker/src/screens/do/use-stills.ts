import { useEffect, useState } from 'preact/hooks'

const WIDTH_PX = 480
/** A browser that does not find a moment by then will not; the words and the outline have to do. */
const PATIENCE_MS = 5_000

/** Pictures of moments of a film on this device, one after the other: old phones have few decoders. */
export function useStills(file: Blob, timesMs: readonly number[]): ReadonlyMap<number, string> {
  const [stills, setStills] = useState<ReadonlyMap<number, string>>(new Map())
  const wanted = timesMs.filter((timeMs) => !stills.has(timeMs)).join()
  useEffect(() => {
    if (wanted === '') return
    const ending = new AbortController()
    const src = URL.createObjectURL(file)
    const video = document.createElement('video')
    Object.assign(video, { src, muted: true, playsInline: true, preload: 'auto' })
    const draw = async () => {
      await happened(video, 'loadeddata')
      for (const timeMs of wanted.split(',').map(Number)) {
        video.currentTime = timeMs / 1000
        await happened(video, 'seeked')
        if (ending.signal.aborted) return
        const still = stillOf(video)
        setStills((now) => new Map([...now, [timeMs, still]]))
      }
    }
    draw()
      .catch(() => undefined)
      .finally(() => {
        video.removeAttribute('src')
        URL.revokeObjectURL(src)
      })
    return () => ending.abort()
  }, [file, wanted])
  return stills
}

function happened(video: HTMLVideoElement, event: 'loadeddata' | 'seeked'): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event}`)), PATIENCE_MS)
    video.addEventListener(
      event,
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}

function stillOf(video: HTMLVideoElement): string {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH_PX
  canvas.height = Math.round((WIDTH_PX * video.videoHeight) / video.videoWidth)
  canvas.getContext('2d')!.drawImage(video, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', 0.8)
}
