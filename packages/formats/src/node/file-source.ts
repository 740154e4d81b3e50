import { open, stat } from 'node:fs/promises'
import type { ByteSource } from '../io.ts'

/** A file as bytes to read. It is opened for each read, so that nothing is left open by a forgotten caller. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path)
  return {
    sizeBytes: size,
    read: async (startBytes, endBytes) => {
      const file = await open(path, 'r')
      try {
        const bytes = new Uint8Array(Math.max(0, endBytes - startBytes))
        const { bytesRead } = await file.read(bytes, 0, bytes.length, startBytes)
        return bytes.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}
