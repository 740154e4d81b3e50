import { readFileSync } from 'node:fs'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { BODY_BONES, BODY_LANDMARKS } from '@chiron/core/sight'
import { expect, test } from 'vitest'
import { addMetadata } from './add-metadata.ts'
import { buildModels } from './build-models.ts'
import { pictureMetadata } from './model-metadata.ts'
import { storedZip } from './stored-zip.ts'

const FACE = path.resolve(
  import.meta.dirname,
  '../../node_modules/@mediapipe/face_detection/face_detection_short_range.tflite',
)

test('a model keeps its graph, to the byte, and gains its metadata as the last buffer', () => {
  const old = readFileSync(FACE)
  const metadata = pictureMetadata({ mean: 127.5, deviation: 127.5, outputCount: 2 })
  const model = Buffer.from(addMetadata(old, metadata))
  expect(model.subarray(4, 8).toString()).toBe('TFL3')
  expect(model.subarray(model.length - old.length).equals(old)).toBe(true)
  const before = rootOf(old)
  const after = rootOf(model)
  expect(after.version).toBe(before.version)
  // Each buffer that was there still has its content, found through the new root.
  expect(after.buffers.length).toBe(before.buffers.length + 1)
  before.buffers.forEach((content, at) => {
    expect(after.buffers[at]!.equals(content), `buffer ${at}`).toBe(true)
  })
  expect(after.buffers.at(-1)!.equals(Buffer.from(metadata))).toBe(true)
  expect(Buffer.from(metadata).subarray(4, 8).toString()).toBe('M001')
})

/** The version and all buffers of a TensorFlow Lite model. */
function rootOf(file: Buffer): { version: number; buffers: Buffer[] } {
  const follow = (at: number): number => at + file.readUInt32LE(at)
  const field = (table: number, index: number): number => {
    const shape = table - file.readInt32LE(table)
    const place = 4 + 2 * index
    const offset = place < file.readUInt16LE(shape) ? file.readUInt16LE(shape + place) : 0
    return offset === 0 ? 0 : table + offset
  }
  const root = follow(0)
  const list = follow(field(root, 4))
  const buffers = Array.from({ length: file.readUInt32LE(list) }, (_, at) => {
    const data = field(follow(list + 4 + 4 * at), 0)
    if (data === 0) return Buffer.alloc(0)
    const content = follow(data)
    return file.subarray(content + 4, content + 4 + file.readUInt32LE(content))
  })
  return { version: file.readUInt32LE(field(root, 0)), buffers }
}

test('an archive holds its files uncompressed, where a directory says, at multiples of sixteen', () => {
  const files = [
    { name: 'a.tflite', content: Buffer.from('one') },
    { name: 'longer-name.tflite', content: Buffer.from('two two') },
  ]
  const zip = storedZip(files)
  const end = zip.length - 22
  expect(zip.readUInt16LE(end + 10)).toBe(2)
  let entry = zip.readUInt32LE(end + 16)
  for (const { name, content } of files) {
    const local = zip.readUInt32LE(entry + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    expect(start % 16).toBe(0)
    expect(zip.subarray(start, start + content.length).equals(content)).toBe(true)
    expect(zip.readUInt32LE(entry + 16)).toBe(crc32(content))
    expect(zip.subarray(entry + 46, entry + 46 + name.length).toString()).toBe(name)
    entry += 46 + zip.readUInt16LE(entry + 28)
  }
})

test('what a phone fetches stays under eight megabytes, and under five more where the body is asked for', () => {
  const { body, ...usual } = buildModels()
  expect(Object.values(usual).reduce((sum, { brotli }) => sum + brotli.length, 0)).toBeLessThan(8_000_000)
  expect(body.brotli.length).toBeLessThan(5_000_000)
})

const POSE_PACKAGE = path.resolve(import.meta.dirname, '../../node_modules/@mediapipe/pose/pose.js')

test('SEE-17 the landmarks of a body and its bones are those that the model was made with', async () => {
  const told = /"POSE_LANDMARKS",\{([^}]*)\}/.exec(readFileSync(POSE_PACKAGE, 'utf8'))?.[1]?.split(',') ?? []
  // The package calls the corners of the mouth LEFT_RIGHT and RIGHT_LEFT.
  const names = told.map((entry) => entry.split(':')[0]!.toLowerCase())
  expect(
    names.map((name) => ({ left_right: 'mouth_left', right_left: 'mouth_right' })[name] ?? name),
  ).toEqual(BODY_LANDMARKS)
  const { PoseLandmarker } = await import('@mediapipe/tasks-vision')
  const sorted = (bones: (readonly [number, number])[]) =>
    bones.map((ends) => [...ends].sort((a, b) => a - b)).sort()
  const firstBelowTheFace = BODY_LANDMARKS.indexOf('left_shoulder')
  const drawn = PoseLandmarker.POSE_CONNECTIONS.map(({ start, end }) => [start, end] as const)
  expect(sorted([...BODY_BONES])).toEqual(
    sorted(drawn.filter((ends) => Math.min(...ends) >= firstBelowTheFace)),
  )
})
