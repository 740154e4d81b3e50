import { zstdCompressSync } from 'node:zlib'

/** Zstandard, for what `writeRecording` asks. */
export function zstd(bytes: Uint8Array): Uint8Array {
  return zstdCompressSync(bytes)
}
