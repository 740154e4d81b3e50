import { type BoardEye, type CameraHandle, calibrateCamera, openBoardEye } from '@chiron/capture'
import type { BoardWatch, Calibration } from '@chiron/core/camera'
import { useEffect, useState } from 'preact/hooks'
import { deviceNumber } from '../../data/calibrations.ts'

/** Looks for the board until enough was seen and the camera is known; ends with the screen. */
export function useMeasuring(camera: CameraHandle, onEnd: (made: Calibration | 'failed') => void) {
  const [watch, setWatch] = useState<BoardWatch | null>(null)
  const [isOpening, setOpening] = useState(true)
  useEffect(() => {
    const ending = new AbortController()
    let eye: BoardEye | undefined
    const measure = async () => {
      eye = await openBoardEye()
      if (ending.signal.aborted) return eye.close()
      setOpening(false)
      const options = { eye, device: deviceNumber(), onWatch: setWatch }
      const made = await calibrateCamera(camera, options, ending.signal)
      if (made !== undefined) onEnd(made)
    }
    measure()
      .catch(() => {
        if (!ending.signal.aborted) onEnd('failed')
      })
      .finally(() => eye?.close())
    return () => {
      ending.abort()
      eye?.close()
    }
  }, [camera])
  return { watch, isOpening }
}
