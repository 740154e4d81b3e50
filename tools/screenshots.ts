import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { ffmpegPath } from '@chiron/formats/node'

/**
 * `npm run screenshots`: the pictures of README, taken by the demo from the running product.
 * `--from DIR` takes the pictures of a demo that ran before instead of playing it again.
 */
const ROOT = path.resolve(import.meta.dirname, '..')
const TARGET = path.join(ROOT, 'docs/images')
const MAX_BYTES = 150_000
const PHONE_WIDTH = 480
const PICTURES: Record<string, number | undefined> = {
  'phone-inbox': PHONE_WIDTH,
  'phone-viewfinder': PHONE_WIDTH,
  'phone-take': PHONE_WIDTH,
  'phone-choose': PHONE_WIDTH,
  'console-campaign': undefined,
  'console-episode': undefined,
  'console-review': undefined,
  'console-dataset': undefined,
}

const { from } = parseArgs({ options: { from: { type: 'string' } } }).values
const work = mkdtempSync(path.join(tmpdir(), 'chiron-screenshots-'))
try {
  const screens = from === undefined ? playDemo() : path.resolve(from)
  mkdirSync(TARGET, { recursive: true })
  for (const [name, width] of Object.entries(PICTURES)) keep(path.join(screens, `${name}.png`), name, width)
} finally {
  rmSync(work, { recursive: true, force: true })
}

function playDemo(): string {
  const out = path.join(work, 'dataset')
  const demo = path.join(ROOT, 'tools/demo.ts')
  // A simulated clip is before the camera: pictures in the repository show no film of others.
  const env = { ...process.env, CHIRON_DATA: path.join(work, 'none') }
  const { status } = spawnSync(process.execPath, [demo, '--out', out], { stdio: 'inherit', env })
  if (status !== 0) throw new Error('The demo did not reach its end, so there are no pictures to take.')
  return `${out}-screens`
}

function keep(picture: string, name: string, width: number | undefined): void {
  if (!existsSync(picture)) throw new Error(`The demo took no picture ${name}.`)
  const small = path.join(work, `${name}.webp`)
  const scale = width === undefined ? [] : ['-vf', `scale=${width}:-1`]
  const args = ['-v', 'error', '-y', '-i', picture, ...scale, '-quality', '88', small]
  const { status, stderr } = spawnSync(ffmpegPath(), args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${name} could not be made smaller: ${stderr}`)
  const { size } = statSync(small)
  if (size > MAX_BYTES) throw new Error(`${name} takes ${size} bytes; at most ${MAX_BYTES} fit a README.`)
  copyFileSync(small, path.join(TARGET, `${name}.webp`))
  console.log(`docs/images/${name}.webp  ${Math.round(size / 1000)} kB`)
}
