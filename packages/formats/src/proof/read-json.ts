import { type ReadFolder, readAll } from '../io.ts'

/** A manifest of a million files fits. */
const MAX_JSON_BYTES = 1024 * 1024 * 1024

/**
 * The text of a file of the release.
 * @throws Error when it is missing, too large or not UTF-8
 */
export async function readText(folder: ReadFolder, path: string): Promise<string> {
  const source = await folder.open(path)
  if (source === undefined) throw new Error('the file is missing')
  if (source.sizeBytes > MAX_JSON_BYTES) throw new Error('the file is too large')
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readAll(source))
}

/** A JSON file of the release. Its shape is promised by whoever signed it; readers are guarded. */
export async function readJson<T>(folder: ReadFolder, path: string): Promise<T> {
  return JSON.parse(await readText(folder, path)) as T
}
