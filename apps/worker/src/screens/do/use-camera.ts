import {
  type CameraHandle,
  type CaptureRefusalCode,
  isRefusal,
  type MotionSensors,
  openCamera,
  openMotion,
} from '@chiron/capture'
import type { DemonstrateConfig } from '@chiron/core/kinds'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

type CameraState =
  | { state: 'shut' }
  | { state: 'asking' }
  | { state: 'open'; handle: CameraHandle; motion: MotionSensors | undefined }
  | { state: 'refused'; code: CaptureRefusalCode | 'camera-lost' }

type CameraWanted = Pick<DemonstrateConfig, 'camera' | 'fps' | 'minHeight' | 'motion'>

/** The camera of this screen, shut when the screen goes. Opens by itself where it was allowed before. */
export function useCamera(config: CameraWanted, wanted: boolean) {
  const [camera, setCamera] = useState<CameraState>(() =>
    globalThis.isSecureContext ? { state: 'shut' } : { state: 'refused', code: 'insecure-page' },
  )
  const handle = useRef<CameraHandle | null>(null)
  const motion = useRef<MotionSensors | undefined>(undefined)
  const shut = useCallback(() => {
    handle.current?.close()
    handle.current = null
    motion.current?.close()
    motion.current = undefined
  }, [])
  const open = useCallback(async () => {
    shut()
    setCamera({ state: 'asking' })
    // First, and at once: iOS asks only in answer to a tap, and the camera's question would use it up.
    motion.current = config.motion ? await sensors() : undefined
    const opened = await openCamera({ facing: config.camera, fps: config.fps, ...sizeFor(config.minHeight) })
    if (isRefusal(opened)) return setCamera({ state: 'refused', code: opened.refused })
    handle.current = opened
    setCamera({ state: 'open', handle: opened, motion: motion.current })
  }, [config, shut])
  const lose = useCallback(() => {
    shut()
    setCamera({ state: 'refused', code: 'camera-lost' })
  }, [shut])
  useEffect(() => {
    if (!wanted || !globalThis.isSecureContext) return
    void isAllowed().then((allowed) => allowed && void open())
  }, [wanted])
  useEffect(() => shut, [])
  const close = useCallback(() => {
    shut()
    setCamera({ state: 'shut' })
  }, [shut])
  return { ...camera, open: () => void open(), lose, shut: close }
}

/** The size to ask for: the usual one unless the campaign wants more lines. */
function sizeFor(minHeight: number): { width: number; height: number } {
  return minHeight > 720 ? { width: 1920, height: 1080 } : { width: 1280, height: 720 }
}

/** A no, or a phone without sensors, is no reason not to film. */
async function sensors(): Promise<MotionSensors | undefined> {
  const opened = await openMotion()
  return 'refused' in opened ? undefined : opened
}

async function isAllowed(): Promise<boolean> {
  try {
    const { state } = await navigator.permissions.query({ name: 'camera' as PermissionName })
    return state === 'granted'
  } catch {
    return false
  }
}
