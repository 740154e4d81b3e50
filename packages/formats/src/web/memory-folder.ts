import { assert, compareStrings, Refusal, sha256, toHex } from '@chiron/core/kit'
import { bytesSource, type ReadFolder, type WriteFolder } from '../io.ts'

/** A folder in memory, by path: for a release picked in a browser, and for tests. */
export function memoryFolder(
  files: Map<string, Uint8Array<ArrayBuffer>> = new Map(),
): WriteFolder & ReadFolder {
  let isOpen = true
  const folder: ReadFolder = {
    list: async () =>
      [...files]
        .map(([path, bytes]) => ({ path, sizeBytes: bytes.length }))
        .sort((a, b) => compareStrings(a.path, b.path)),
    open: async (path) => {
      const bytes = files.get(path)
      return bytes === undefined ? undefined : bytesSource(bytes)
    },
    sha256: async (path) => {
      const bytes = files.get(path)
      return bytes === undefined ? undefined : toHex(sha256(bytes))
    },
  }
  return {
    ...folder,
    write: async (path, bytes) => {
      assert(isOpen, 'the folder was committed or abandoned')
      if (files.has(path)) throw new Refusal('file-exists', { path })
      files.set(path, new Uint8Array(bytes))
    },
    reading: () => folder,
    commit: async () => {
      isOpen = false
    },
    abandon: async () => {
      isOpen = false
      files.clear()
    },
  }
}
