import { assert } from '@chiron/core/kit'

const CONTAINERS = new Set(['moov', 'trak', 'mdia'])
const DATED = new Set(['mvhd', 'tkhd', 'mdhd'])

/**
 * Sets creation and modification times in an MP4's headers to "unknown" (0), in place, so that a file does
 * not say when it was made (ISO/IEC 14496-12 §8.2.2, 8.3.2, 8.4.2). What else it holds stays as it is.
 */
export function stripCreationTime(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  stripBoxes(view, 0, file.byteLength)
}

function stripBoxes(view: DataView, from: number, to: number): void {
  for (const box of boxesIn(view, from, to)) {
    if (CONTAINERS.has(box.type)) stripBoxes(view, box.bodyFrom, box.to)
    else if (DATED.has(box.type)) {
      const wide = view.getUint8(box.bodyFrom) === 1
      const lengthBytes = wide ? 16 : 8
      assert(box.bodyFrom + 4 + lengthBytes <= box.to, `the ${box.type} box is too short`)
      for (let at = 0; at < lengthBytes; at++) view.setUint8(box.bodyFrom + 4 + at, 0)
    }
  }
}

export type Box = { type: string; from: number; bodyFrom: number; to: number }

/** The complete boxes between two places; what is cut off or makes no sense ends the list. */
export function boxesIn(view: DataView, from: number, to: number): Box[] {
  const boxes: Box[] = []
  let at = from
  while (at + 8 <= to) {
    const short = view.getUint32(at)
    const wide = short === 1
    if (wide && at + 16 > to) break
    const size = wide ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short
    const headBytes = wide ? 16 : 8
    if (size < headBytes || at + size > to) break
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)))
    boxes.push({ type, from: at, bodyFrom: at + headBytes, to: at + size })
    at += size
  }
  return boxes
}

/**
 * How many bytes of a fragmented MP4 that may have been cut off make whole fragments: up to the end of the
 * last `mdat`; 0 when there is not even one.
 */
export function wholeFragmentBytes(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  return boxesIn(view, 0, file.byteLength).findLast(({ type }) => type === 'mdat')?.to ?? 0
}
