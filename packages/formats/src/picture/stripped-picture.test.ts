import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { ffmpegPath } from '../node/index.ts'
import { strippedPicture } from './stripped-picture.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chiron-picture-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SECRET = 'GPS 48.1234 N, 11.5678 E, Ada Lovelace'
const bytesOf = (text: string): number[] => [...Buffer.from(text, 'latin1')]

function drawn(name: string, more: string[] = []): Uint8Array {
  const file = path.join(folder, name)
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=1:duration=1', '-frames:v', '1']
  execFileSync(ffmpegPath(), ['-v', 'error', ...source, ...more, '-y', file])
  return readFileSync(file)
}

/** The pixels of a picture, as ffmpeg reads them. */
function pixels(bytes: Uint8Array, name: string): Buffer {
  const file = path.join(folder, `read-${name}`)
  writeFileSync(file, bytes)
  return execFileSync(ffmpegPath(), ['-v', 'error', '-i', file, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'])
}

/** A TIFF directory with an orientation and, behind it, a secret where a camera writes the place. */
function exif(orientation: number, isLittle: boolean): number[] {
  const order = isLittle ? bytesOf('II') : bytesOf('MM')
  const two = (value: number) => (isLittle ? [value, 0] : [0, value])
  const four = (value: number) => (isLittle ? [value, 0, 0, 0] : [0, 0, 0, value])
  const tag = isLittle ? [0x12, 0x01] : [0x01, 0x12]
  const entry = [...tag, ...two(3), ...four(1), ...two(orientation), 0, 0]
  return [...order, ...two(42), ...four(8), ...two(1), ...entry, ...four(0), ...bytesOf(SECRET)]
}

const segment = (code: number, content: readonly number[]): number[] => [
  ...[0xff, code, (content.length + 2) >> 8, (content.length + 2) & 255],
  ...content,
]

/** A JPEG as a phone writes it: Exif, XMP, IPTC, words, previews beside it and another picture behind it. */
function tellingJpeg(plain: Uint8Array, orientation: number, isLittle = false): Uint8Array {
  return Uint8Array.from([
    ...plain.subarray(0, 2),
    ...segment(0xe1, [...bytesOf('Exif\0\0'), ...exif(orientation, isLittle)]),
    ...segment(0xe1, bytesOf(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
    ...segment(0xe2, bytesOf(`MPF\0${SECRET}`)),
    ...segment(0xed, bytesOf(`Photoshop 3.0\0${SECRET}`)),
    ...segment(0xfe, bytesOf(SECRET)),
    ...plain.subarray(2),
    ...plain,
    ...bytesOf(SECRET),
  ])
}

function chunk(type: string, content: readonly number[]): number[] {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  // Nobody reads the check sum of a chunk that is left out.
  return [...length, ...bytesOf(type), ...content, 0, 0, 0, 0]
}

const tells = (bytes: Uint8Array): boolean => Buffer.from(bytes).includes(SECRET)

test('PIC-1 a JPEG loses place, words, previews and what lies behind it, and keeps its pixels and which way up it is', () => {
  const plain = drawn('plain.jpg')
  for (const [orientation, isLittle] of [
    [1, false],
    [6, false],
    [8, true],
  ] as const) {
    const telling = tellingJpeg(plain, orientation, isLittle)
    expect(tells(telling)).toBe(true)
    const clean = strippedPicture(telling)!
    expect(tells(clean)).toBe(false)
    expect(Buffer.from(clean).includes('Exif')).toBe(orientation !== 1)
    expect(clean.length).toBeLessThan(plain.length + 100)
    expect(strippedPicture(clean)).toEqual(clean)
    const again = Buffer.from(clean)
    if (orientation !== 1) expect(again.readUInt16BE(again.indexOf('Exif') + 6 + 8 + 2 + 8)).toBe(orientation)
    if (orientation === 1) expect(pixels(clean, 'clean.jpg')).toEqual(pixels(plain, 'plain.jpg'))
  }
})

test('PIC-1 a PNG loses words, Exif and times, and keeps its pixels and which way up it is', () => {
  const plain = drawn('plain.png')
  for (const orientation of [1, 6]) {
    const told = [
      ...chunk('tEXt', bytesOf(SECRET)),
      ...chunk('eXIf', exif(orientation, false)),
      ...chunk('tIME', [7, 234]),
    ]
    const head = 8 + 25
    const telling = Uint8Array.from([
      ...plain.subarray(0, head),
      ...told,
      ...plain.subarray(head),
      ...bytesOf(SECRET),
    ])
    const clean = Buffer.from(strippedPicture(telling)!)
    expect([tells(telling), tells(clean)]).toEqual([true, false])
    expect(strippedPicture(clean)).toEqual(Uint8Array.from(clean))
    expect(pixels(clean, 'clean.png')).toEqual(pixels(plain, 'plain.png'))
    const at = clean.indexOf('eXIf')
    expect(at > 0).toBe(orientation !== 1)
    if (orientation === 1) continue
    const end = at + 4 + clean.readUInt32BE(at - 4)
    expect(clean.readUInt16BE(at + 4 + 8 + 2 + 8)).toBe(orientation)
    expect(clean.readUInt32BE(end)).toBe(crc32(clean.subarray(at, end)))
  }
})

test('PIC-1 a WebP loses Exif and XMP with their announcement, and keeps which way up it is', () => {
  // One white pixel, lossless, in the extended form that announces both.
  const pixel = [0x2f, 0, 0, 0, 0, 7, 0x10, 0xfd, 0x8f, 0xfe, 7, 0x22, 0xa2, 0xff, 1, 0]
  const riff = (type: string, content: readonly number[]) => {
    const size = Buffer.alloc(4)
    size.writeUInt32LE(content.length)
    return [...bytesOf(type), ...size, ...content, ...(content.length % 2 ? [0] : [])]
  }
  const flags = [0x0c, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const tellingWebp = (told: readonly number[]) =>
    Uint8Array.from(
      riff('RIFF', [
        ...bytesOf('WEBP'),
        ...riff('VP8X', flags),
        ...riff('VP8L', pixel),
        ...riff('EXIF', told),
        ...riff('XMP ', bytesOf(SECRET)),
      ]),
    )
  // Some write the name before the directory that a JPEG has there.
  const named = [...bytesOf('Exif\0\0'), ...exif(8, false)]
  for (const [told, orientation] of [
    [exif(1, true), 1],
    [exif(6, true), 6],
    [named, 8],
  ] as const) {
    const telling = tellingWebp(told)
    const clean = Buffer.from(strippedPicture(telling)!)
    expect([tells(telling), tells(clean)]).toEqual([true, false])
    expect(clean.readUInt32LE(4)).toBe(clean.length - 8)
    expect(clean[20]).toBe(orientation === 1 ? 0 : 0x08)
    expect(clean.includes(Buffer.from(pixel))).toBe(true)
    expect(strippedPicture(clean)).toEqual(Uint8Array.from(clean))
    const at = clean.indexOf('EXIF')
    expect(at > 0).toBe(orientation !== 1)
    if (orientation !== 1) expect(clean.readUInt16BE(at + 8 + 8 + 2 + 8)).toBe(orientation)
  }
})

test('PIC-2 what is cut off, damaged or something else is not taken for a picture', () => {
  const whole = [drawn('whole.jpg'), drawn('whole.png')]
  for (const bytes of whole) {
    expect(strippedPicture(bytes)).not.toBeNull()
    for (let cut = 0; cut < bytes.length - 1; cut += 37)
      expect(strippedPicture(bytes.subarray(0, cut))).toBeNull()
  }
  for (const text of ['', 'GIF89a…', 'RIFF\x04\0\0\0WEBP', '\xff\xd8\xff\xd9'])
    expect(strippedPicture(Uint8Array.from(bytesOf(text)))).toBeNull()
})
