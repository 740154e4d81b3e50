/** Bytes that can be read at any place: a file, a Blob, an array. */
export type ByteSource = {
  readonly sizeBytes: number
  /** The bytes from `startBytes` up to `endBytes` (excluded); fewer only when the source has shrunk meanwhile. */
  read(startBytes: number, endBytes: number): Promise<Uint8Array<ArrayBuffer>>
}

export type FolderEntry = { path: string; sizeBytes: number }

/** A folder to read: paths are relative, with `/`, and never leave it. */
export type ReadFolder = {
  /** Every file below the folder, sorted by path. */
  list(): Promise<FolderEntry[]>
  /** The file's bytes to read, or undefined when there is no such file. */
  open(path: string): Promise<ByteSource | undefined>
  /** SHA-256 of a file in hex, or undefined when there is no such file. */
  sha256(path: string): Promise<string | undefined>
}

/** A folder to write. Nothing of it is seen under its final name before `commit`. */
export type WriteFolder = {
  write(path: string, bytes: Uint8Array): Promise<void>
  /** The folder as written so far, to hash or to probe. */
  reading(): ReadFolder
  /** Makes everything written durable and visible at once. Nothing can be written afterwards. */
  commit(): Promise<void>
  /** Removes everything written. */
  abandon(): Promise<void>
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array<ArrayBuffer>): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: async (startBytes, endBytes) => bytes.subarray(startBytes, endBytes),
  }
}

/** Everything in a source. For files known to be small: parquet of one episode, JSON. */
export function readAll(source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
  return source.read(0, source.sizeBytes)
}
