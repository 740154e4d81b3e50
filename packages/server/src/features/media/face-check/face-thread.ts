import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { runInThisContext } from 'node:vm'
import { parentPort } from 'node:worker_threads'
import { decodeFaces, FACE_INPUT_PX } from '@chiron/core/sight'

/**
 * Runs the face model in a thread of its own. LiteRT is made for browsers: it is given the few names of a browser's
 * worker that it asks for, here where nobody else sees them.
 */
const require = createRequire(import.meta.url)
const WASM = path.join(path.dirname(require.resolve('@litertjs/core')), '../wasm')
const LOADER = 'litert_wasm_internal.js'
const MODEL = '@mediapipe/face_detection/face_detection_full_range.tflite'
const SHAPE = [1, FACE_INPUT_PX, FACE_INPUT_PX, 3]

export type FaceAsk = { id: number; rgb: Uint8Array; minScore: number }

const quiet = (): void => undefined
Object.assign(globalThis, {
  self: globalThis,
  require,
  __filename: path.join(WASM, LOADER),
  __dirname: WASM,
  // The loader asks for itself by this name; what else there is to load comes as bytes.
  importScripts: () => runInThisContext(readFileSync(path.join(WASM, LOADER), 'utf8')),
  Module: {
    wasmBinary: readFileSync(path.join(WASM, 'litert_wasm_internal.wasm')),
    print: quiet,
    printErr: quiet,
  },
})
console.warn = quiet

const opening = open()

async function open() {
  const { loadLiteRt, loadAndCompile, Tensor } = await import('@litertjs/core')
  await loadLiteRt(`/${LOADER}`, { threads: false })
  const weights = new Uint8Array(readFileSync(require.resolve(MODEL)))
  return { model: await loadAndCompile(weights, { accelerator: 'wasm' }), Tensor }
}

parentPort!.on('message', ({ id, rgb, minScore }: FaceAsk) => {
  void look(rgb, minScore).then(
    (faces) => parentPort!.postMessage({ id, faces }),
    (cause) => parentPort!.postMessage({ id, error: String(cause) }),
  )
})

async function look(rgb: Uint8Array, minScore: number) {
  const { model, Tensor } = await opening
  const input = new Tensor(
    Float32Array.from(rgb, (level) => (level - 127.5) / 127.5),
    SHAPE,
  )
  const outputs = await model.run(input)
  try {
    const [boxes, scores] = outputs.map((output) => output.toTypedArray() as Float32Array)
    return decodeFaces({ boxes: boxes!, scores: scores!, minScore })
  } finally {
    for (const tensor of [input, ...outputs]) tensor.delete()
  }
}
