import fs from 'node:fs/promises'
import path from 'node:path'
import { utf8 } from '@chiron/core/kit'
import { HAND_JOINTS, type Hand, type HandStream } from '@chiron/core/sight'
import { notesBox } from '@chiron/formats/notes'
import { goodClip } from './loop.ts'

const FILM_START_MS = 7000

/** A hand of 21 joints on a grid that begins at `x`, its longer side 0.4 of the picture's height. */
export const gridHand = (side: Hand['side'], confidence: number, x = 0.3): Hand => ({
  side,
  confidence,
  points: HAND_JOINTS.map((_, at): Hand['points'][number] => [
    x + (at % 5) * 0.05,
    0.3 + Math.floor(at / 5) * 0.1,
    0,
  ]),
})

/** Two seconds of looks at a right hand: least sure at 500 ms, then at 1500 ms. */
export const GRID_HANDS: HandStream = {
  tool: { name: '@mediapipe/tasks-vision', version: '0.10.35', model: 'hand lite' },
  clock: 'camera',
  filmStartMs: FILM_START_MS,
  frames: Array.from({ length: 20 }, (_, at) => {
    const confidence = at === 5 ? 0.5 : at === 15 ? 0.6 : 0.9
    return { timeMs: FILM_START_MS + at * 100, hands: [gridHand('right', confidence)] }
  }),
}

/** The good clip with what was seen of hands behind its pictures. */
export async function clipWithHands(name: string, hands: HandStream): Promise<string> {
  const file = path.join(path.dirname(goodClip()), `${name}.mp4`)
  const notes = notesBox(utf8(JSON.stringify({ version: 1, hands })))
  await fs.writeFile(file, Buffer.concat([await fs.readFile(goodClip()), notes]))
  return file
}
