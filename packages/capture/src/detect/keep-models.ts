import type { ModelFiles, ModelPart } from './detector.ts'

/** Where the service worker looks, too (see the worker app's vite.config.ts). */
const CACHE = 'models'

/** What fetching these parts of the detector costs now: bytes on the way, 0 when all of them are on the device. */
export async function missingModelBytes(files: ModelFiles, parts: readonly ModelPart[]): Promise<number> {
  const kept = await openCache()
  let bytes = 0
  for (const { url, downloadBytes } of parts.map((part) => files[part])) {
    if ((await kept?.match(url)) === undefined) bytes += downloadBytes
  }
  return bytes
}

/**
 * Fetches what is missing of these parts of the detector and keeps it on the device, so that it runs without a network;
 * lets go of what former releases had. `onProgress` is told the share done, 0 … 1.
 * @throws TypeError when there is no network
 */
export async function keepModels(
  files: ModelFiles,
  parts: readonly ModelPart[],
  onProgress: (share: number) => void,
): Promise<void> {
  const kept = await openCache()
  const all = parts.map((part) => files[part])
  const total = all.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const { url, bytes } of all) {
    if ((await kept?.match(url)) === undefined) {
      const before = done
      const response = await fetchWith(url, (read) => onProgress(Math.min(1, (before + read) / total)))
      await kept?.put(url, response)
    }
    done += bytes
    onProgress(done / total)
  }
  const wanted = new Set(Object.values(files).map(({ url }) => new URL(url, location.href).href))
  for (const request of (await kept?.keys()) ?? []) {
    if (!wanted.has(request.url)) await kept?.delete(request)
  }
}

async function fetchWith(url: string, onBytes: (read: number) => void): Promise<Response> {
  const response = await fetch(url)
  if (!response.ok || response.body === null) throw new TypeError(`${url}: ${response.status}`)
  let read = 0
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        read += chunk.length
        onBytes(read)
        controller.enqueue(chunk)
      },
    }),
  )
  const type = response.headers.get('content-type')
  const content = await new Response(counted).blob()
  return new Response(content, { headers: type === null ? {} : { 'content-type': type } })
}

/** Private windows and plain http have none; the browser's own cache then has to do. */
async function openCache(): Promise<Cache | undefined> {
  try {
    return await caches.open(CACHE)
  } catch {
    return undefined
  }
}
