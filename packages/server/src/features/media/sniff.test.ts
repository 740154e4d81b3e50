import { expect, test } from 'vitest'
import { rangeOf } from './send-blob.ts'
import { sniff } from './sniff.ts'

const head = (...parts: (string | number)[]) =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
  )

test('MED-12 a type comes from the first bytes', () => {
  expect(sniff(head(0, 0, 0, 24, 'ftypisom0000'))).toBe('video/mp4')
  expect(sniff(head(0, 0, 0, 24, 'ftypqt  0000'))).toBe('video/quicktime')
  expect(sniff(head(0, 0, 0, 24, 'ftypheic0000'))).toBe('image/heic')
  expect(sniff(head('\x1aE\xdf\xa3'))).toBe('video/webm')
  expect(sniff(head('\xff\xd8\xff\xe0'))).toBe('image/jpeg')
  expect(sniff(head('\x89PNG\r\n\x1a\n'))).toBe('image/png')
  expect(sniff(head('RIFF0000WEBP'))).toBe('image/webp')
  expect(sniff(head('RIFF0000WAVE'))).toBeNull()
  expect(sniff(head('<svg onload=alert(1)>'))).toBeNull()
  expect(sniff(head())).toBeNull()
})

test('MED-9 Range: one part, its end cut to what there is; nonsense gives the whole', () => {
  expect(rangeOf(undefined, 100)).toBeUndefined()
  expect(rangeOf('bytes=0-', 100)).toEqual({ start: 0, end: 99 })
  expect(rangeOf('bytes=10-19', 100)).toEqual({ start: 10, end: 19 })
  expect(rangeOf('bytes=90-900', 100)).toEqual({ start: 90, end: 99 })
  expect(rangeOf('bytes=-7', 100)).toEqual({ start: 93, end: 99 })
  expect(rangeOf('bytes=-700', 100)).toEqual({ start: 0, end: 99 })
  expect(rangeOf('bytes=100-', 100)).toBe('unsatisfiable')
  expect(rangeOf('bytes=-0', 100)).toBe('unsatisfiable')
  for (const odd of ['bytes=5-2', 'bytes=-', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b'])
    expect(rangeOf(odd, 100)).toBeUndefined()
})
