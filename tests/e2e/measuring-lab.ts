import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BOARD_POSES, RENDERED_CAMERA, renderBoard } from '@chiron/capture/testing'
import { mediaRoutes } from '@chiron/contract'
import type { Browser } from 'playwright-core'
import { buildApps } from '../../tools/build.ts'
import { type Instance, startInstance } from '../instance.ts'
import { launchBrowser } from './browser.ts'
import {
  filmTake,
  join,
  openPhone,
  type Phone,
  prepareTake,
  publishFilming,
  signInAsMember,
} from './worker-phone.ts'

const CONFIG = { minSeconds: 1, maxSeconds: 30, fps: 10, minHeight: 240, orientation: 'any' }

export type GreyFilm = { width: number; height: number; fps: number; frames: Iterable<Uint8Array> }

/** Two looks and one to spare, however the camera's second falls. */
const SECONDS_A_POSE = 3

/** A picture a second by a camera that is known exactly: the board in each of its poses for a while. */
export const boardFilm = (): GreyFilm => ({ ...RENDERED_CAMERA, fps: 1, frames: boardFrames() })

function* boardFrames(): Generator<Uint8Array> {
  for (const pose of BOARD_POSES) {
    const { luma } = renderBoard(pose)
    for (let second = 0; second < SECONDS_A_POSE; second += 1) yield luma
  }
}

/** A phone whose camera shows what was rendered, signed in as Ada, with something to film. */
export interface MeasuringLab {
  instance: Instance
  phone: Phone
  /** Asks as the manager. */
  call: Awaited<ReturnType<typeof signInAsMember>>
  close(): Promise<void>
}

export async function openMeasuringLab(title: string, film: GreyFilm): Promise<MeasuringLab> {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-measuring-'))
  const camera = path.join(folder, 'camera.y4m')
  writeGreyFilm(camera, film)
  await buildApps({ apps: ['worker'], log: () => {} })
  const instance = await startInstance()
  const call = await signInAsMember(instance, 'manager')
  await publishFilming(call, { title, config: CONFIG })
  const browser: Browser = await launchBrowser({ camera })
  const phone = await openPhone(browser)
  await join(phone, instance, 'Ada')
  return {
    instance,
    phone,
    call,
    close: async () => {
      await browser.close()
      await instance.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a browser takes for its camera, without loss. Each frame is luma, a byte a pixel, by rows. */
export function writeGreyFilm(file: string, { width, height, fps, frames }: GreyFilm): void {
  const film = openSync(file, 'w')
  const colours = new Uint8Array((width * height) / 2).fill(128)
  writeSync(film, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`)
  for (const luma of frames) {
    writeSync(film, 'FRAME\n')
    writeSync(film, luma)
    writeSync(film, colours)
  }
  closeSync(film)
}

/** With the camera open: films a take, prepares and sends it. */
export async function sendFilmed({ phone }: MeasuringLab): Promise<void> {
  await filmTake(phone, 3000)
  await prepareTake(phone)
  await phone.page.getByRole('button', { name: 'Send' }).click()
  await phone.page.waitForURL(/\/sent\//)
}

/** The episode of a campaign as the team reads it; undefined until the take has arrived. */
export async function episodeOf({ call }: MeasuringLab, title: string) {
  const { items } = await call(mediaRoutes.listEpisodes, { query: { limit: 50 } })
  const own = items.find(({ campaignTitle }) => campaignTitle.en === title)
  return own && call(mediaRoutes.readEpisode, { params: { episodeId: own.id } })
}
