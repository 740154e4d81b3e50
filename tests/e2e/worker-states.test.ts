import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { LANGUAGES } from '@chiron/worker/languages'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { HANDS, makeCamera } from './capture-browser.ts'
import { publishJudging } from './judging-lab.ts'
import { clipOf, publishComparing } from './pair-lab.ts'
import { openLooker, PICTURES } from './screen-faults.ts'
import { walkAccount } from './stages/account.ts'
import { walkFilming, walkInTheDark } from './stages/film.ts'
import { walkJudging } from './stages/judge.ts'
import { walkMeasuring } from './stages/measure.ts'
import { walkSending } from './stages/send.ts'
import { FILM_TITLE, type Stage } from './stages/stage.ts'
import { walkDoors, walkTask, walkTroubles } from './stages/start.ts'
import { openPhone, publishFilming, signInAsMember } from './worker-phone.ts'

const missing = whyNoBrowser() || (existsSync(HANDS) ? '' : `${HANDS} is not here`)
/** Many minutes of looking: only where somebody wants the pictures. `CHIRON_STAGES=film,send` walks some of the way. */
const onPhone = test.skipIf(missing !== '' || !PICTURES)
const CODES = (process.env.CHIRON_LANGUAGES ?? 'en,ar').split(',')
const CHOSEN = process.env.CHIRON_STAGES?.split(',')
const CONFIG = { minSeconds: 2, maxSeconds: 30, fps: 10, minHeight: 240, orientation: 'any' }

type Walk = { walk: (stage: Stage) => Promise<void>; inTheDark?: boolean }
const STAGES: Record<string, Walk> = {
  doors: { walk: walkDoors },
  troubles: { walk: walkTroubles },
  task: { walk: walkTask },
  film: { walk: walkFilming },
  dark: { walk: walkInTheDark, inTheDark: true },
  send: { walk: walkSending },
  account: { walk: walkAccount },
  judge: { walk: walkJudging },
  measure: { walk: walkMeasuring },
}

let folder = ''
let instance: Instance
let browser: Browser
let darkRoom: Browser

beforeAll(async () => {
  if (missing || !PICTURES) return
  folder = mkdtempSync(path.join(tmpdir(), 'chiron-states-'))
  makeCamera(path.join(folder, 'good.mjpeg'), 'scale=640:360,fps=15', 6)
  makeCamera(path.join(folder, 'dark.mjpeg'), 'scale=640:360,fps=15,eq=brightness=-0.45', 6)
  await buildApps({ apps: ['worker'], log: () => {} })
  instance = await startInstance()
  browser = await launchBrowser({ camera: path.join(folder, 'good.mjpeg') })
  darkRoom = await launchBrowser({ camera: path.join(folder, 'dark.mjpeg') })
  await publishFilming(await signInAsMember(instance, 'manager'), { title: FILM_TITLE, config: CONFIG })
  await publishComparing(instance, [
    { bytes: clipOf(3, '') },
    { bytes: clipOf(4.5, ',hue=h=90'), startMs: 400 },
  ])
  await publishJudging(instance)
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await darkRoom?.close()
  await instance?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

for (const { code, name } of LANGUAGES.filter(({ code: each }) => CODES.includes(each))) {
  for (const [stage, { walk, inTheDark = false }] of Object.entries(STAGES)) {
    if (CHOSEN && !CHOSEN.includes(stage)) continue
    onPhone(
      `UI-9 UI-10 the rarer states of the screens in ${name}: ${stage}`,
      async () => {
        const locale = code === 'en' ? 'en-US' : code
        const phone = await openPhone(inTheDark ? darkRoom : browser, { locale })
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
