/** Called with each frame of the camera; the frame is closed afterwards: clone it to keep it. */
export type FrameListener = (frame: VideoFrame, timeMs: number) => void

/** Reads a camera's frames for any number of listeners, only while there are some. */
export type FramePump = { onFrame: (listener: FrameListener) => () => void; stop: () => void }

type Reading = { stop: () => void }

/** A camera that gives no frame for so long gives none: it is let go of without. */
const NO_FRAME_MS = 2_000

/**
 * Frames come straight from the track where the browser can (`MediaStreamTrackProcessor`), else from a
 * hidden video element as it shows them (`requestVideoFrameCallback`). `timeMs` is the camera's clock: only
 * differences mean anything.
 */
export function pumpFrames(stream: MediaStream, track: MediaStreamTrack): FramePump {
  const listeners = new Set<FrameListener>()
  let reading: Reading | undefined
  const deliver: FrameListener = (frame, timeMs) => {
    for (const listener of listeners) listener(frame, timeMs)
  }
  const stop = (): void => {
    reading?.stop()
    reading = undefined
  }
  return {
    onFrame: (listener) => {
      listeners.add(listener)
      reading ??=
        typeof MediaStreamTrackProcessor === 'function'
          ? readTrack(track, deliver)
          : readVideo(stream, deliver)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
    stop: () => {
      listeners.clear()
      stop()
    },
  }
}

function readTrack(track: MediaStreamTrack, deliver: FrameListener): Reading {
  // A clone, because the reader's end would otherwise end the track of the preview.
  const own = track.clone() as MediaStreamVideoTrack
  const reader = new MediaStreamTrackProcessor({ track: own, maxBufferSize: 4 }).readable.getReader()
  let stopped = false
  const loop = async (): Promise<void> => {
    while (!stopped) {
      const { done, value: frame } = await reader.read()
      if (done) return
      try {
        if (!stopped) deliver(frame, frame.timestamp / 1000)
      } finally {
        frame.close()
      }
    }
  }
  const ended = loop().catch(() => undefined)
  return {
    // Once the reader has what it waits for: whatever ends before takes the frame on its way along, never closed.
    stop: () => {
      stopped = true
      const noFrame = new Promise((resolve) => setTimeout(resolve, NO_FRAME_MS))
      void Promise.race([ended, noFrame]).then(() => own.stop())
    },
  }
}

function readVideo(stream: MediaStream, deliver: FrameListener): Reading {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = stream
  void video.play().catch(() => undefined)
  let stopped = false
  const onShown = (now: number, shown: VideoFrameCallbackMetadata): void => {
    if (stopped) return
    video.requestVideoFrameCallback(onShown)
    const timeMs = shown.captureTime ?? now
    const frame = new VideoFrame(video, { timestamp: Math.round(timeMs * 1000) })
    try {
      deliver(frame, timeMs)
    } finally {
      frame.close()
    }
  }
  video.requestVideoFrameCallback(onShown)
  return {
    stop: () => {
      stopped = true
      video.srcObject = null
    },
  }
}
