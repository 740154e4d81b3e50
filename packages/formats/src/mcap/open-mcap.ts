import { McapIndexedReader } from '@mcap/core'
import { decompress } from 'fzstd'
import type { ByteSource } from '../io.ts'

/**
 * Opens an MCAP file by its index; chunks are plain or zstd.
 * @throws Error of the reader when it is none, or damaged
 */
export function openMcap(source: ByteSource): Promise<McapIndexedReader> {
  const readable = {
    size: async () => BigInt(source.sizeBytes),
    read: (offset: bigint, size: bigint) => source.read(Number(offset), Number(offset + size)),
  }
  return McapIndexedReader.Initialize({
    readable,
    decompressHandlers: { zstd: (bytes, size) => decompress(bytes, new Uint8Array(Number(size))) },
  })
}
