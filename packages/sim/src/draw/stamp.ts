import type { Picture } from './picture.ts'

/** Letters of five by seven dots, a row a digit of base 32. */
const LETTERS: Readonly<Record<string, readonly number[]>> = {
  A: [14, 17, 17, 31, 17, 17, 17],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  I: [14, 4, 4, 4, 4, 4, 14],
  L: [16, 16, 16, 16, 16, 16, 31],
  M: [17, 27, 21, 21, 17, 17, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  T: [31, 4, 4, 4, 4, 4, 4],
  U: [17, 17, 17, 17, 17, 17, 14],
}
const DOT_PX = 2

/** Says in the picture itself what it is. */
export function stamp({ rgb, width, height }: Picture, words: string): void {
  const isInk = (x: number, y: number) => {
    const letter = LETTERS[words[Math.floor(x / 6)] ?? '']
    return x % 6 < 5 && letter !== undefined && (((letter[y] ?? 0) >> (4 - (x % 6))) & 1) === 1
  }
  const [left, top] = [14, height - 14 - 9 * DOT_PX]
  for (let y = -2; y < 9; y += 1) {
    for (let x = -2; x < words.length * 6 + 1; x += 1) {
      const ink = isInk(x, y) ? [245, 245, 240] : [40, 44, 50]
      for (let dot = 0; dot < DOT_PX * DOT_PX; dot += 1) {
        const px = left + x * DOT_PX + (dot % DOT_PX)
        const py = top + y * DOT_PX + Math.floor(dot / DOT_PX)
        rgb.set(ink, (py * width + px) * 3)
      }
    }
  }
}
