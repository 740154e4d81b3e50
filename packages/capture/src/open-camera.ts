import { type FramePump, pumpFrames } from './pump-frames.ts'

export type CaptureRefusalCode =
  | 'no-permission'
  | 'no-camera'
  | 'camera-busy'
  | 'insecure-page'
  | 'unsupported'

/** Why there is no picture. `detail` is the browser's own name for it, for the log, not for the person. */
export type CaptureRefusal = { refused: CaptureRefusalCode; detail: string }

export type CameraOptions = { facing: 'environment' | 'user'; width?: number; height?: number; fps?: number }

/**
 * An open camera. `width`, `height`, `fps` are what it gave, not what was asked for. `label`, `facing`, `zoom`: as the
 * browser tells them. Frames are read from
 * it as long as somebody listens. `onEnded`: the camera was taken away or pulled out.
 */
export type CameraHandle = {
  stream: MediaStream
  width: number
  height: number
  fps: number
  label: string
  facing: 'environment' | 'user' | null
  zoom: number | null
  onFrame: FramePump['onFrame']
  onEnded: (listener: () => void) => () => void
  attach: (video: HTMLVideoElement) => void
  close: () => void
}

export function isRefusal(result: CameraHandle | CaptureRefusal): result is CaptureRefusal {
  return 'refused' in result
}

/** Asks the person for the camera, without sound, and opens it. Never throws: what fails has a code. */
export async function openCamera(options: CameraOptions): Promise<CameraHandle | CaptureRefusal> {
  if (globalThis.isSecureContext !== true) return { refused: 'insecure-page', detail: location.protocol }
  if (typeof navigator.mediaDevices?.getUserMedia !== 'function') {
    return { refused: 'unsupported', detail: 'getUserMedia' }
  }
  const { facing, width = 1280, height = 720, fps = 30 } = options
  const video = {
    facingMode: { ideal: facing },
    width: { ideal: width },
    height: { ideal: height },
    frameRate: { ideal: fps, max: fps },
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video, audio: false })
    return handleOf(stream, { width, height, fps })
  } catch (error) {
    return refusalOf(error)
  }
}

/** The browser's error as a code of ours (Media Capture and Streams, §10.2). */
export function refusalOf(error: unknown): CaptureRefusal {
  const detail = error instanceof Error ? error.name : String(error)
  switch (detail) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { refused: 'no-permission', detail }
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { refused: 'no-camera', detail }
    case 'NotReadableError':
    case 'AbortError':
      return { refused: 'camera-busy', detail }
    default:
      return { refused: 'unsupported', detail }
  }
}

/** No camera has a longer name; a browser may say anything. */
const MAX_LABEL = 200

const facingOf = (mode: string | undefined): CameraHandle['facing'] =>
  mode === 'environment' || mode === 'user' ? mode : null

function handleOf(stream: MediaStream, wanted: { width: number; height: number; fps: number }): CameraHandle {
  const track = stream.getVideoTracks()[0]!
  const settings = track.getSettings()
  const pump = pumpFrames(stream, track)
  return {
    stream,
    width: settings.width ?? wanted.width,
    height: settings.height ?? wanted.height,
    fps: settings.frameRate ?? wanted.fps,
    label: track.label.slice(0, MAX_LABEL),
    facing: facingOf(settings.facingMode),
    zoom: (settings as { zoom?: number }).zoom ?? null,
    onFrame: pump.onFrame,
    onEnded: (listener) => {
      track.addEventListener('ended', listener)
      return () => track.removeEventListener('ended', listener)
    },
    attach: (video) => {
      video.muted = true
      video.playsInline = true
      video.srcObject = stream
      void video.play().catch(() => undefined)
    },
    close: () => {
      pump.stop()
      for (const each of stream.getTracks()) each.stop()
    },
  }
}
