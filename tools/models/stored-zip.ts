import { crc32 } from 'node:zlib'

/** Models are mapped where they lie in the archive, so each begins at a multiple of this. */
const ALIGNMENT = 16
const LOCAL = { signature: 0x04034b50, bytes: 30 }
const CENTRAL = { signature: 0x02014b50, bytes: 46 }
const END = { signature: 0x06054b50, bytes: 22 }
/** 1980-01-01, the first day a zip can tell: the same sources give the same bytes. */
const DATE = 0x0021

/** A zip archive of uncompressed, aligned files (PKWARE APPNOTE 4.3), as MediaPipe's task bundles are. */
export function storedZip(files: { name: string; content: Uint8Array }[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content } of files) {
    const header = Buffer.alloc(LOCAL.bytes)
    const start = at + LOCAL.bytes + name.length
    const padding = (ALIGNMENT - (start % ALIGNMENT)) % ALIGNMENT
    header.writeUInt32LE(LOCAL.signature, 0)
    header.writeUInt16LE(10, 4)
    header.writeUInt16LE(DATE, 12)
    header.writeUInt32LE(crc32(content), 14)
    header.writeUInt32LE(content.length, 18)
    header.writeUInt32LE(content.length, 22)
    header.writeUInt16LE(name.length, 26)
    header.writeUInt16LE(padding, 28)
    const entry = Buffer.alloc(CENTRAL.bytes)
    entry.writeUInt32LE(CENTRAL.signature, 0)
    entry.writeUInt16LE(10, 4)
    header.copy(entry, 6, 4, 28)
    entry.writeUInt32LE(at, 42)
    directory.push(entry, Buffer.from(name))
    parts.push(header, Buffer.from(name), Buffer.alloc(padding), Buffer.from(content))
    at = start + padding + content.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(END.bytes)
  end.writeUInt32LE(END.signature, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, list, end])
}
