import { brotliDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packedFiles } from './packed-files.ts'

type Emitted = { fileName: string; source: Uint8Array }

test('what is large gets a packed copy that holds the same, once; what is small and what is packed gets none', () => {
  const large = Buffer.alloc(1_500_000, 'physics ')
  const emitted: Emitted[] = []
  packedFiles().generateBundle.call({ emitFile: (file) => emitted.push(file) }, undefined, {
    'engine.wasm': { type: 'asset', source: large },
    'worker.js': { type: 'chunk', code: large.toString() },
    'model.tflite': { type: 'asset', source: large },
    'model.tflite.br': { type: 'asset', source: large },
    'app.js': { type: 'chunk', code: 'go()' },
  })
  expect(emitted.map(({ fileName }) => fileName)).toEqual(['engine.wasm.br', 'worker.js.br'])
  for (const { source } of emitted) expect(brotliDecompressSync(source).equals(large)).toBe(true)
})
