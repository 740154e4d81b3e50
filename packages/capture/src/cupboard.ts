import { compareStrings } from '@chiron/core/kit'

/**
 * Named pieces of bytes, kept on the device. A piece is there completely or not at all, also after the
 * page was killed. `durable` is false where they live only as long as the page.
 */
export type Cupboard = {
  durable: boolean
  put: (name: string, piece: Blob) => Promise<void>
  get: (name: string) => Promise<Blob | undefined>
  /** Names, sorted. */
  names: () => Promise<string[]>
  remove: (name: string) => Promise<void>
}

const FOLDER = 'chiron-takes'

/** The best place this browser has: its private file system, else IndexedDB, else memory. */
export async function openCupboard(): Promise<Cupboard> {
  for (const open of [openFileCupboard, openDatabaseCupboard]) {
    try {
      return await open()
    } catch {
      // Private windows and old browsers refuse either: the next place may do.
    }
  }
  return memoryCupboard()
}

async function openFileCupboard(): Promise<Cupboard> {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(FOLDER, { create: true })
  const put = async (name: string, piece: Blob): Promise<void> => {
    // A writable works on a copy that takes the file's place on close: no half-written piece is ever seen.
    const writable = await (await folder.getFileHandle(name, { create: true })).createWritable()
    await writable.write(piece)
    await writable.close()
  }
  await put('writable', new Blob([]))
  return {
    durable: true,
    put,
    get: async (name) => {
      const file = await folder.getFileHandle(name).then((handle) => handle.getFile(), missing)
      return file === undefined || file.size === 0 ? undefined : file
    },
    names: async () => {
      const names: string[] = []
      for await (const name of folder.keys()) names.push(name)
      return names.sort(compareStrings)
    },
    remove: async (name) => {
      await folder.removeEntry(name).catch(missing)
    },
  }
}

function missing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
  throw error
}

async function openDatabaseCupboard(): Promise<Cupboard> {
  const opening = indexedDB.open(FOLDER, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('pieces')
  const database = await settled(opening)
  const run = async <T>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const transaction = database.transaction('pieces', mode)
    const result = await settled(ask(transaction.objectStore('pieces')))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
      if (mode === 'readonly') resolve()
    })
    return result
  }
  return {
    durable: true,
    put: async (name, piece) => {
      // Bytes, not a Blob: some browsers lose Blobs stored in IndexedDB.
      const bytes = await piece.arrayBuffer()
      await run('readwrite', (store) => store.put({ bytes, type: piece.type }, name))
    },
    get: async (name) => {
      const found = await run<{ bytes: ArrayBuffer; type: string } | undefined>('readonly', (store) =>
        store.get(name),
      )
      return found === undefined ? undefined : new Blob([found.bytes], { type: found.type })
    },
    names: async () =>
      (await run('readonly', (store) => store.getAllKeys())).map(String).sort(compareStrings),
    remove: async (name) => {
      await run('readwrite', (store) => store.delete(name))
    },
  }
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

export function memoryCupboard(): Cupboard {
  const pieces = new Map<string, Blob>()
  return {
    durable: false,
    put: async (name, piece) => {
      pieces.set(name, piece)
    },
    get: async (name) => pieces.get(name),
    names: async () => [...pieces.keys()].sort(compareStrings),
    remove: async (name) => {
      pieces.delete(name)
    },
  }
}
