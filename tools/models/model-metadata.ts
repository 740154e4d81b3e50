import * as flatbuffers from 'flatbuffers'

/** How a model wants its picture: (level - mean) / deviation for each of 0 … 255, and how many outputs it has. */
export type PictureInput = { mean: number; deviation: number; outputCount: number }

// Numbers of the unions in the TensorFlow Lite metadata schema.
const NORMALIZATION = 1
const IMAGE_CONTENT = 2
const RGB = 1

/** A TensorFlow Lite `ModelMetadata` (root `M001`) that says no more than how the picture is normalised. */
export function pictureMetadata({ mean, deviation, outputCount }: PictureInput): Uint8Array {
  const builder = new flatbuffers.Builder(1024)
  const input = inputTensor(builder, { mean, deviation })
  const outputs = Array.from({ length: outputCount }, (_, at) => {
    const name = builder.createString(`out${at}`)
    return table(builder, 7, [[0, name]])
  })
  const inputs = offsets(builder, [input])
  const outs = offsets(builder, outputs)
  const graph = table(builder, 10, [
    [2, inputs],
    [3, outs],
  ])
  const graphs = offsets(builder, [graph])
  const name = builder.createString('picture')
  const parser = builder.createString('1.0.0')
  const root = table(builder, 8, [
    [0, name],
    [3, graphs],
    [7, parser],
  ])
  builder.finish(root, 'M001')
  return builder.asUint8Array()
}

function inputTensor(
  builder: flatbuffers.Builder,
  { mean, deviation }: { mean: number; deviation: number },
): number {
  const means = floats(builder, mean)
  const deviations = floats(builder, deviation)
  const normalization = table(builder, 2, [
    [0, means],
    [1, deviations],
  ])
  const unit = union(builder, 2, { type: NORMALIZATION, value: normalization })
  const units = offsets(builder, [unit])
  builder.startObject(2)
  builder.addFieldInt8(0, RGB, 0)
  const image = builder.endObject()
  const content = union(builder, 3, { type: IMAGE_CONTENT, value: image })
  const most = floats(builder, (255 - mean) / deviation)
  const least = floats(builder, (0 - mean) / deviation)
  const range = table(builder, 2, [
    [0, most],
    [1, least],
  ])
  const name = builder.createString('image')
  return table(builder, 7, [
    [0, name],
    [3, content],
    [4, units],
    [5, range],
  ])
}

function table(builder: flatbuffers.Builder, fieldCount: number, fields: [number, number][]): number {
  builder.startObject(fieldCount)
  for (const [field, offset] of fields) builder.addFieldOffset(field, offset, 0)
  return builder.endObject()
}

function union(
  builder: flatbuffers.Builder,
  fieldCount: number,
  { type, value }: { type: number; value: number },
): number {
  builder.startObject(fieldCount)
  builder.addFieldInt8(0, type, 0)
  builder.addFieldOffset(1, value, 0)
  return builder.endObject()
}

function floats(builder: flatbuffers.Builder, value: number): number {
  builder.startVector(4, 1, 4)
  builder.addFloat32(value)
  return builder.endVector()
}

function offsets(builder: flatbuffers.Builder, items: number[]): number {
  builder.startVector(4, items.length, 4)
  for (const item of [...items].reverse()) builder.addOffset(item)
  return builder.endVector()
}
