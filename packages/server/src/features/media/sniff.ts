import fs from 'node:fs/promises'

const HEAD_BYTES = 16

/**
 * What a file is by its first bytes: the type that browsers are told, whatever the sender called it.
 * Null for anything that is neither a picture nor a video we know.
 */
export async function sniffFile(file: string): Promise<string | null> {
  const handle = await fs.open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return sniff(buffer.subarray(0, bytesRead))
  } finally {
    await handle.close()
  }
}

export function sniff(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString('latin1')
  if (text.slice(4, 8) === 'ftyp') return isoType(text.slice(8, 12))
  if (text.startsWith('\x1aE\xdf\xa3')) return 'video/webm'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('GIF8')) return 'image/gif'
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image/webp'
  return null
}

function isoType(brand: string): string {
  if (brand.startsWith('avif')) return 'image/avif'
  if (brand.startsWith('hei') || brand.startsWith('mif')) return 'image/heic'
  return brand.startsWith('qt') ? 'video/quicktime' : 'video/mp4'
}
