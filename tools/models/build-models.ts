import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { addMetadata } from './add-metadata.ts'
import { type PictureInput, pictureMetadata } from './model-metadata.ts'
import { storedZip } from './stored-zip.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const MEDIAPIPE = path.join(ROOT, 'node_modules/@mediapipe')
const CACHE = path.join(ROOT, '.cache')
/** The last few percent cost minutes of building. */
const BROTLI_QUALITY = 5

/** One file of the detector: its content, and the same as it travels. */
export type ModelFile = { name: string; content: Buffer; brotli: Buffer }
export type ModelName = 'loader' | 'wasm' | 'hands' | 'face' | 'person' | 'body'

/** Pictures of 0 … 1, and of -1 … 1. */
const UNIT = { mean: 0, deviation: 255 }
const SIGNED = { mean: 127.5, deviation: 127.5 }

/**
 * The detector's program and weights, made from the packages that npm brought: the weights get the metadata that
 * tasks-vision asks for. Kept in `.cache`, so that only the first build takes its seconds.
 */
export function buildModels(): Record<ModelName, ModelFile> {
  return {
    loader: kept('vision.js', () => read('tasks-vision/wasm/vision_wasm_module_internal.js')),
    wasm: kept('vision.wasm', () => read('tasks-vision/wasm/vision_wasm_module_internal.wasm')),
    hands: kept('hands.task', handsTask),
    face: kept('face.tflite', () =>
      picture('face_detection/face_detection_full_range_sparse.tflite', { ...SIGNED, outputCount: 2 }),
    ),
    person: kept('person.tflite', () =>
      picture('selfie_segmentation/selfie_segmentation_landscape.tflite', { ...UNIT, outputCount: 1 }),
    ),
    body: kept('body.task', bodyTask),
  }
}

const read = (file: string): Buffer => readFileSync(path.join(MEDIAPIPE, file))
const picture = (file: string, input: PictureInput): Buffer => withInput(read(file), input)
const withInput = (model: Uint8Array, input: PictureInput): Buffer =>
  Buffer.from(addMetadata(model, pictureMetadata(input)))

function handsTask(): Buffer {
  const palms = packedAsset('palm_detection_lite.tflite')
  const marks = read('hands/hand_landmark_lite.tflite')
  return storedZip([
    { name: 'hand_detector.tflite', content: withInput(palms, { ...UNIT, outputCount: 2 }) },
    { name: 'hand_landmarks_detector.tflite', content: withInput(marks, { ...UNIT, outputCount: 4 }) },
  ])
}

/** The pose models: their detector lies alone in the file that packs it. */
function bodyTask(): Buffer {
  const people = read('pose/pose_solution_packed_assets.data')
  const marks = read('pose/pose_landmark_lite.tflite')
  return storedZip([
    { name: 'pose_detector.tflite', content: withInput(people, { ...SIGNED, outputCount: 2 }) },
    { name: 'pose_landmarks_detector.tflite', content: withInput(marks, { ...UNIT, outputCount: 5 }) },
  ])
}

/** A file out of the one that the older package packs them into; its loader says where each lies. */
function packedAsset(name: string): Buffer {
  const loader = read('hands/hands_solution_packed_assets_loader.js').toString('utf8')
  const place = new RegExp(`/${name}", "start": (\\d+), "end": (\\d+)`).exec(loader)
  if (!place) throw new Error(`@mediapipe/hands does not hold ${name}`)
  return read('hands/hands_solution_packed_assets.data').subarray(Number(place[1]), Number(place[2]))
}

/** Builds and compresses once for each state of the lock and of this folder. */
function kept(name: string, make: () => Buffer): ModelFile {
  const folder = path.join(CACHE, `models-${sourcesHash()}`)
  const file = path.join(folder, name)
  if (!existsSync(`${file}.br`)) {
    mkdirSync(folder, { recursive: true })
    const content = make()
    writeWhole(file, content)
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    }
    writeWhole(`${file}.br`, brotliCompressSync(content, { params }))
  }
  return { name, content: readFileSync(file), brotli: readFileSync(`${file}.br`) }
}

function writeWhole(file: string, content: Buffer): void {
  const part = `${file}.${process.pid}`
  writeFileSync(part, content)
  renameSync(part, file)
  rmSync(part, { force: true })
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const packages = ['tasks-vision', 'hands', 'pose', 'face_detection', 'selfie_segmentation']
  for (const name of packages) hash.update(read(`${name}/package.json`))
  for (const name of ['add-metadata', 'build-models', 'model-metadata', 'stored-zip'])
    hash.update(readFileSync(path.join(import.meta.dirname, `${name}.ts`)))
  return hash.digest('hex').slice(0, 12)
}
