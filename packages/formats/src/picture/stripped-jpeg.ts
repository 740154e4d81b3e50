import { exifOrientation, orientationExif } from './exif-orientation.ts'
import { bytesOf, joined, textAt, viewOf } from './pieces.ts'

const START = 0xd8
const END = 0xd9
const SCAN = 0xda
const COMMENT = 0xfe
const APP0 = 0xe0
const APP1 = 0xe1
const APP2 = 0xe2
const APP14 = 0xee
const APP15 = 0xef
/** Marker and length. */
const SEGMENT_HEAD_BYTES = 4
const EXIF_NAME = 'Exif\0\0'
/** Without a length: a stuffed zero, a filling byte, restarts. */
const isPartOfScan = (code: number): boolean => code === 0 || (code >= 0xd0 && code <= 0xd7)

/** See `strippedPicture`; after ITU-T T.81 annex B. */
export function strippedJpeg(file: Uint8Array): Uint8Array | null {
  if (file[0] !== 0xff || file[1] !== START) return null
  const pieces: Uint8Array[] = []
  let orientation = 1
  let scans = 0
  let at = 2
  while (file[at] === 0xff && file[at + 1] !== END) {
    const end = endOfSegment(file, at)
    if (end === null) return null
    const segment = file.subarray(at, end)
    if (isExif(segment)) orientation = exifOrientation(segment.subarray(SEGMENT_HEAD_BYTES)) ?? orientation
    if (segment[1] === SCAN) scans += 1
    if (isKept(segment)) pieces.push(segment)
    at = end
  }
  if (scans === 0 || file[at] !== 0xff) return null
  // Which way up it is stands behind the first two bytes, where readers look for it.
  const turned = orientation === 1 ? [] : [exifSegment(orientation)]
  return joined([file.subarray(0, 2), ...turned, ...pieces, file.subarray(at, at + 2)])
}

const isExif = (segment: Uint8Array): boolean =>
  segment[1] === APP1 && textAt(segment, SEGMENT_HEAD_BYTES, EXIF_NAME.length) === EXIF_NAME

function exifSegment(orientation: number): Uint8Array {
  const exif = joined([bytesOf(EXIF_NAME), orientationExif(orientation)])
  return joined([Uint8Array.from([0xff, APP1, 0, exif.length + 2]), exif])
}

/** Where a segment ends, a scan with its pixels; null where the file ends before. Filling bytes are a segment of one byte. */
function endOfSegment(file: Uint8Array, at: number): number | null {
  if (file[at + 1] === 0xff) return at + 1
  if (at + 4 > file.length) return null
  const end = at + 2 + viewOf(file).getUint16(at + 2)
  if (end > file.length || end < at + 4) return null
  return file[at + 1] === SCAN ? endOfScan(file, end) : end
}

/** Where the next marker that is no part of the scan stands; null where there is none. */
function endOfScan(file: Uint8Array, from: number): number | null {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const code = file[at + 1]
    if (code === undefined) return null
    if (code !== 0xff && !isPartOfScan(code)) return at
  }
  return null
}

/** Tables, frames and scans; of what applications may add, the colours alone. */
function isKept(segment: Uint8Array): boolean {
  const code = segment[1]
  if (code === undefined) return false
  if (code === COMMENT) return false
  if (code < APP0 || code > APP15) return true
  if (code === APP0) return textAt(segment, 4, 4) === 'JFIF'
  if (code === APP1) return false
  if (code === APP2) return textAt(segment, 4, 11) === 'ICC_PROFILE'
  return code === APP14 && textAt(segment, 4, 5) === 'Adobe'
}
