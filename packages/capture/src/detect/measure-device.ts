import { frameSignals, lumaFromRgba } from '@chiron/core/episode'
import type { DeviceProbe } from '@chiron/core/sight'
import { capabilities } from '../capabilities.ts'
import type { Detector, Want } from './detector.ts'

const WIDTH_PX = 640
const HEIGHT_PX = 360
const RUNS = 3
/** An empty picture spares the detector the joints of two hands, which take about as long as finding them. */
const WITH_HANDS = 2

/** Tries what the device can do, in about a second, on a picture of its own; never throws. */
export async function measureDevice(detector: Detector | undefined): Promise<DeviceProbe> {
  const { avc } = await capabilities()
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH_PX
  canvas.height = HEIGHT_PX
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const timeLook = (): number => {
    const startMs = performance.now()
    const { data } = context.getImageData(0, 0, WIDTH_PX, HEIGHT_PX)
    frameSignals(lumaFromRgba(data, WIDTH_PX, HEIGHT_PX), WIDTH_PX, HEIGHT_PX)
    return performance.now() - startMs
  }
  const timeDetector = async (want: Want): Promise<number | null> => {
    if (!detector) return null
    try {
      const times: number[] = []
      for (let run = 0; run <= RUNS; run++) {
        const startMs = performance.now()
        await detector.look(await createImageBitmap(canvas), want)
        times.push(performance.now() - startMs)
      }
      return Math.min(...times)
    } catch {
      return null
    }
  }
  const handsMs = await timeDetector({ hands: true })
  return {
    encodesAvc: avc !== null,
    lookMs: Math.min(...Array.from({ length: RUNS }, timeLook)),
    handsMs: handsMs === null ? null : handsMs * WITH_HANDS,
    faceMs: await timeDetector({ faces: true }),
  }
}
