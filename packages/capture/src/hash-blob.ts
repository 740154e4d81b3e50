import { sha256Stream, toHex } from '@chiron/core/kit'

const PIECE_BYTES = 1024 * 1024

/** SHA-256 of a file, in hex, read a mebibyte at a time; also where the page has no `crypto.subtle`. */
export async function hashBlob(blob: Blob): Promise<string> {
  const stream = sha256Stream()
  for (let from = 0; from < blob.size; from += PIECE_BYTES) {
    stream.add(new Uint8Array(await blob.slice(from, from + PIECE_BYTES).arrayBuffer()))
  }
  return toHex(stream.digest())
}
