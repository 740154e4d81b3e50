import { brotliCompressSync, constants } from 'node:zlib'

type Part = { type: 'chunk'; code: string } | { type: 'asset'; source: string | Uint8Array }
type Bundle = Record<string, Part>

/** As much of a Vite plugin as this one needs. */
type PackingPlugin = {
  name: string
  apply: 'build'
  generateBundle: (
    this: { emitFile: (file: { type: 'asset'; fileName: string; source: Uint8Array }) => void },
    options: unknown,
    bundle: Bundle,
  ) => void
}

/** OpenCV and MuJoCo are ten times as large; every other part of an app is smaller. */
const LARGE_BYTES = 1_000_000

/**
 * Puts a packed copy (Brotli, RFC 7932) beside every large part of a build: the server sends that one, and need not
 * pack ten megabytes for each who asks. A finer packing than this takes five times as long.
 */
export function packedFiles(): PackingPlugin {
  return {
    name: 'chiron-packed-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const [fileName, part] of Object.entries(bundle)) {
        const packedName = `${fileName}.br`
        const content = Buffer.from(part.type === 'chunk' ? part.code : part.source)
        if (content.length < LARGE_BYTES || fileName.endsWith('.br') || packedName in bundle) continue
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 5,
          [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        }
        const source = brotliCompressSync(content, { params })
        this.emitFile({ type: 'asset', fileName: packedName, source })
      }
    },
  }
}
