import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { seededRandom } from '@chiron/core/kit'
import { drawnSheet } from '@chiron/core/sight/testing'
import { LANGUAGES } from '@chiron/worker/languages'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { DATA, ffmpeg, HANDS, makeCamera } from './capture-browser.ts'
import { publishJudging } from './judging-lab.ts'
import { boardFilm, writeGreyFilm } from './measuring-lab.ts'
import { clipOf, publishComparing } from './pair-lab.ts'
import { openLooker, PICTURES } from './screen-faults.ts'
import { walkAccount } from './stages/account.ts'
import { walkFilming, walkInTheDark, walkSheets } from './stages/film.ts'
import { walkJudging, walkPoints } from './stages/judge.ts'
import { walkBoard, walkMeasuring } from './stages/measure.ts'
import { walkSending } from './stages/send.ts'
import { FILM_TITLE, type Stage } from './stages/stage.ts'
import { walkDoors, walkTask, walkTroubles } from './stages/start.ts'
import { openPhone, publishFilming, signInAsMember } from './worker-phone.ts'

const PEOPLE = path.join(DATA, 'faces/human_group-2.jpg')
const absent = [HANDS, PEOPLE].filter((file) => !existsSync(file))
const missing = whyNoBrowser() || (absent.length === 0 ? '' : `${absent.join()} is not here`)
/** Many minutes of looking: only where somebody wants the pictures. `CHIRON_STAGES=film,send` walks some of the way. */
const onPhone = test.skipIf(missing !== '' || !PICTURES)
const CODES = (process.env.CHIRON_LANGUAGES ?? 'en,ar').split(',')
const CHOSEN = process.env.CHIRON_STAGES?.split(',')
const CONFIG = { minSeconds: 2, maxSeconds: 30, fps: 10, minHeight: 240, orientation: 'any' }

/** What the camera sees: a hand, a hand in the dark, a hand between a letter and a face, the board. */
type Camera = 'hand' | 'dark' | 'room' | 'board'
type Walk = { walk: (stage: Stage) => Promise<void>; camera?: Camera }
const STAGES: Record<string, Walk> = {
  doors: { walk: walkDoors },
  troubles: { walk: walkTroubles },
  task: { walk: walkTask },
  film: { walk: walkFilming },
  dark: { walk: walkInTheDark, camera: 'dark' },
  sheets: { walk: walkSheets, camera: 'room' },
  send: { walk: walkSending },
  account: { walk: walkAccount },
  judge: { walk: walkJudging },
  points: { walk: walkPoints },
  measure: { walk: walkMeasuring },
  board: { walk: walkBoard, camera: 'board' },
}

let folder = ''
let instance: Instance
const browsers = new Map<Camera, Browser>()

beforeAll(async () => {
  if (missing || !PICTURES) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-states-'))
  makeCamera(path.join(folder, 'hand.mjpeg'), 'scale=640:360,fps=15', 6)
  makeCamera(path.join(folder, 'dark.mjpeg'), 'scale=640:360,fps=15,eq=brightness=-0.45', 6)
  makeRoom(path.join(folder, 'room.mjpeg'))
  writeGreyFilm(path.join(folder, 'board.y4m'), boardFilm())
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  await publishFilming(await signInAsMember(instance, 'manager'), { title: FILM_TITLE, config: CONFIG })
  await publishComparing(instance, [
    { bytes: clipOf(3, '') },
    { bytes: clipOf(4.5, ',hue=h=90'), startMs: 400 },
  ])
  await publishJudging(instance)
}, 600_000)

afterAll(async () => {
  for (const browser of browsers.values()) await browser.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** A browser with that camera, opened when it is first needed. */
async function browserWith(camera: Camera): Promise<Browser> {
  const file = path.join(folder, camera === 'board' ? 'board.y4m' : `${camera}.mjpeg`)
  const browser = browsers.get(camera) ?? (await launchBrowser({ camera: file }))
  browsers.set(camera, browser)
  return browser
}

/** The hand's clip with a letter on the wall at its left and people's faces at its right. */
function makeRoom(file: string): void {
  const letter = drawnSheet('letter', seededRandom('letter'))
  const drawn = path.join(folder, 'letter.ppm')
  writeFileSync(drawn, Buffer.concat([Buffer.from(`P6 ${letter.width} ${letter.height} 255\n`), letter.rgb]))
  const filter =
    '[0:v]scale=640:360,fps=15[h];[1:v]scale=150:212[l];[2:v]scale=180:-2[f];[h][l]overlay=30:60[a];[a][f]overlay=455:20'
  const inputs = ['-t', '6', '-i', HANDS, '-i', drawn, '-i', PEOPLE]
  ffmpeg([...inputs, '-filter_complex', filter, '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', file])
}

for (const { code, name } of LANGUAGES.filter(({ code: each }) => CODES.includes(each))) {
  for (const [stage, { walk, camera = 'hand' }] of Object.entries(STAGES)) {
    if (CHOSEN && !CHOSEN.includes(stage)) continue
    onPhone(
      `UI-9 UI-10 the rarer states of the screens in ${name}: ${stage}`,
      async () => {
        const locale = code === 'en' ? 'en-US' : code
        const phone = await openPhone(await browserWith(camera), { locale })
        const looker = await openLooker(phone, code)
        await walk({ ...phone, ...looker, instance }).catch((cause: Error) =>
          looker.faults.push(`the way ended: ${cause.message}`),
        )
        await phone.context.close()
        expect(looker.faults).toEqual([])
        expect(phone.strayRequests).toEqual([])
      },
      900_000,
    )
  }
}
