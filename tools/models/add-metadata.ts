/** Fields of `Model` in the TensorFlow Lite schema, and of `Metadata` and `Buffer` in it. */
const MODEL_FIELDS = 8
const VERSION = 0
const BUFFERS = 4
const METADATA = 6
/** Those that point into the old file and stay as they are: operator codes, subgraphs, description, signatures. */
const KEPT = [1, 2, 3, 7] as const

const METADATA_NAME = 'TFLITE_METADATA'

/**
 * The model with metadata added. A FlatBuffer only points forward, so a new root is put before the old file, and what
 * it keeps of it is reached by longer offsets. Metadata of before (a minimum runtime version) is dropped.
 */
export function addMetadata(model: Uint8Array, metadata: Uint8Array): Uint8Array {
  const old = openTable(model)
  const bufferPlaces = old.vector(BUFFERS)
  const front = new Front(4096 + 4 * bufferPlaces.length + metadata.length)
  const kept = KEPT.filter((field) => old.has(field))
  const root = front.table([VERSION, ...kept, BUFFERS, METADATA], MODEL_FIELDS)
  front.u32(root.slot(VERSION), old.u32(VERSION))
  const buffers = front.vector(bufferPlaces.length + 1)
  const entries = front.vector(1)
  const entry = front.table([0, 1], 2)
  front.u32(entry.slot(1), bufferPlaces.length)
  const name = front.text(METADATA_NAME)
  const buffer = front.table([0], 1)
  const content = front.bytes(metadata)
  front.point(0, root.at)
  front.signature('TFL3')
  front.point(root.slot(BUFFERS), buffers.at)
  front.point(root.slot(METADATA), entries.at)
  front.point(entries.item(0), entry.at)
  front.point(entry.slot(0), name)
  front.point(entry.slot(0), name)
  front.point(buffers.item(bufferPlaces.length), buffer.at)
  front.point(buffer.slot(0), content)
  const base = front.end()
  for (const field of kept) front.point(root.slot(field), base + old.place(field))
  bufferPlaces.forEach((place, at) => {
    front.point(buffers.item(at), base + place)
  })
  return Buffer.concat([front.written(), model])
}

/** Reads the root table of a FlatBuffer. */
function openTable(file: Uint8Array) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const root = view.getUint32(0, true)
  const shape = root - view.getInt32(root, true)
  const offsetOf = (field: number): number => {
    const at = 4 + 2 * field
    return at < view.getUint16(shape, true) ? view.getUint16(shape + at, true) : 0
  }
  const place = (field: number): number => {
    const at = root + offsetOf(field)
    return at + view.getUint32(at, true)
  }
  return {
    has: (field: number) => offsetOf(field) !== 0,
    u32: (field: number) => view.getUint32(root + offsetOf(field), true),
    place,
    vector: (field: number): number[] => {
      const at = place(field)
      return Array.from({ length: view.getUint32(at, true) }, (_, index) => {
        const item = at + 4 + 4 * index
        return item + view.getUint32(item, true)
      })
    },
  }
}

/** The bytes in front: tables and vectors are laid out first, then pointed at each other. */
class Front {
  readonly #bytes: Buffer
  #next = 8

  constructor(size: number) {
    this.#bytes = Buffer.alloc(size)
  }

  u32(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value, at)
  }

  /** Makes the field or item at `from` refer to `to`. */
  point(from: number, to: number): void {
    this.u32(from, to - from)
  }

  signature(text: string): void {
    this.#bytes.write(text, 4, 'latin1')
  }

  /** A table with four-byte values in the given fields. */
  table(fields: number[], fieldCount: number): { at: number; slot: (field: number) => number } {
    const shapeBytes = 4 + 2 * fieldCount
    const shape = this.#take(shapeBytes, 4)
    const at = this.#take(4 + 4 * fields.length, 4)
    this.#bytes.writeUInt16LE(shapeBytes, shape)
    this.#bytes.writeUInt16LE(4 + 4 * fields.length, shape + 2)
    fields.forEach((field, index) => {
      this.#bytes.writeUInt16LE(4 + 4 * index, shape + 4 + 2 * field)
    })
    this.#bytes.writeInt32LE(at - shape, at)
    return { at, slot: (field) => at + 4 + 4 * fields.indexOf(field) }
  }

  vector(length: number): { at: number; item: (index: number) => number } {
    const at = this.#take(4 + 4 * length, 4)
    this.u32(at, length)
    return { at, item: (index) => at + 4 + 4 * index }
  }

  text(text: string): number {
    const at = this.#take(4 + text.length + 1, 4)
    this.u32(at, text.length)
    this.#bytes.write(text, at + 4, 'latin1')
    return at
  }

  /** A vector of bytes whose content lies at a multiple of 16, as the schema asks of buffers. */
  bytes(content: Uint8Array): number {
    const at = this.#take(16 + content.length, 16) + 12
    this.u32(at, content.length)
    this.#bytes.set(content, at + 4)
    return at
  }

  end(): number {
    return this.#take(0, 16)
  }

  written(): Buffer {
    return this.#bytes.subarray(0, this.#next)
  }

  #take(size: number, alignment: number): number {
    this.#next = Math.ceil(this.#next / alignment) * alignment
    const at = this.#next
    this.#next += size
    return at
  }
}
