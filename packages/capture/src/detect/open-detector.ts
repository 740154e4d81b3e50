import { Refusal } from '@chiron/core/kit'
import type { Detector, Found, ModelFiles, Want } from './detector.ts'

/** A detector that has not answered its first question by then does not run in a worker here. */
const START_PATIENCE_MS = 60_000

/**
 * Starts the detector: in a worker, and where that fails (iOS 17.4, no OffscreenCanvas) on the page. It has looked at
 * an empty picture by then, so what it opened with works.
 * @throws Refusal('detector-unavailable') when it runs in neither
 */
export async function openDetector(
  files: ModelFiles,
  order: { want: Want; inWorker?: boolean },
): Promise<Detector> {
  const { want, inWorker = true } = order
  if (inWorker) {
    const detector = workerDetector(files)
    try {
      await detector.look(await emptyPicture(), want)
      return detector
    } catch {
      detector.close()
    }
  }
  try {
    const detector = await pageDetector(files)
    await detector.look(await emptyPicture(), want)
    return detector
  } catch (error) {
    throw new Refusal('detector-unavailable', { why: String(error) })
  }
}

function workerDetector(files: ModelFiles): Detector {
  const worker = new Worker(new URL('./detector.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, { resolve: (found: Found) => void; reject: (why: Error) => void }>()
  let lastId = 0
  let ended: Error | undefined
  const end = (why: string): void => {
    ended ??= new Error(why)
    worker.terminate()
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }
  worker.onerror = ({ message }) => end(message)
  worker.onmessageerror = () => end('a picture could not be handed over')
  worker.onmessage = ({ data }: MessageEvent<{ id: number; found?: Found; error?: string }>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.error !== undefined) asked?.reject(new Error(data.error))
    else asked?.resolve(data.found ?? { tookMs: 0 })
  }
  const ask = (content: object, transfer: Transferable[]): Promise<Found> => {
    if (ended) return Promise.reject(ended)
    const id = ++lastId
    const answered = new Promise<Found>((resolve, reject) => waiting.set(id, { resolve, reject }))
    worker.postMessage({ id, ...content }, transfer)
    return answered
  }
  const absolute = Object.fromEntries(
    Object.entries(files).map(([name, file]) => [
      name,
      { ...file, url: new URL(file.url, location.href).href },
    ]),
  )
  const timer = setTimeout(() => end('the worker does not answer'), START_PATIENCE_MS)
  void ask({ files: absolute }, []).catch(() => undefined)
  return {
    where: 'worker',
    look: async (picture, want) => {
      if (ended) picture.close()
      const found = await ask({ picture, want }, [picture])
      clearTimeout(timer)
      return found
    },
    close: () => {
      clearTimeout(timer)
      end('closed')
    },
  }
}

async function pageDetector(files: ModelFiles): Promise<Detector> {
  const { taskRunner } = await import('./run-tasks.ts')
  const runner = taskRunner(files)
  return { where: 'page', look: runner.look, close: runner.close }
}

function emptyPicture(): Promise<ImageBitmap> {
  const canvas = document.createElement('canvas')
  canvas.width = 64
  canvas.height = 64
  canvas.getContext('2d')!.fillRect(0, 0, 64, 64)
  return createImageBitmap(canvas)
}
