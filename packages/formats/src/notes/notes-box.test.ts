import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSource } from '../io.ts'
import { notesBox, readNotesBox } from './notes-box.ts'

const boxOf = (type: string, bytes: number): number[] => [
  ...[24, 16, 8, 0].map((shift) => ((bytes + 8) >>> shift) & 0xff),
  ...[...type].map((letter) => letter.charCodeAt(0)),
  ...Array.from({ length: bytes }, (_, at) => at & 0xff),
]

test('NOTE-1 notes behind a film are found, whatever boxes come before, and only they are read', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }),
      fc.uint8Array({ maxLength: 500 }),
      async (sizes, notes) => {
        const film = sizes.flatMap((size, at) => boxOf(at % 2 ? 'mdat' : 'free', size))
        const whole = Uint8Array.from([...film, ...notesBox(notes)])
        let readBytes = 0
        const source = bytesSource(whole)
        const found = await readNotesBox({
          ...source,
          read: (from, to) => {
            readBytes += to - from
            return source.read(from, to)
          },
        })
        expect(found && [...found]).toEqual([...notes])
        expect(readBytes).toBeLessThanOrEqual(24 * (sizes.length + 1) + notes.length)
      },
    ),
  )
})

test('NOTE-1 a film without notes has none, nor has one that is cut or no film at all', async () => {
  const whole = Uint8Array.from([...boxOf('ftyp', 16), ...notesBox(Uint8Array.from([1, 2, 3]))])
  for (let end = 0; end < whole.length; end++)
    expect(await readNotesBox(bytesSource(whole.slice(0, end)))).toBeUndefined()
  expect(await readNotesBox(bytesSource(Uint8Array.from(boxOf('uuid', 40))))).toBeUndefined()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
      await readNotesBox(bytesSource(Uint8Array.from(noise)))
    }),
  )
})
