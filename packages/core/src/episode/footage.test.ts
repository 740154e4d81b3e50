import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import {
  DEFAULT_TAKE_LIMITS,
  downscaleLuma,
  frameSignals,
  judgeTake,
  serverLimits,
  type TimedSignals,
} from './index.ts'

const DATA = process.env.CHIRON_DATA ?? resolve(import.meta.dirname, '../../../../../shared/data')
const CLIP = join(DATA, 'hands/human_hand_video.mp4')
const FFMPEG = ffmpegPath()
vi.setConfig({ testTimeout: 60_000 })
const missing = [!existsSync(CLIP) && CLIP, FFMPEG === undefined && 'ffmpeg'].filter(Boolean).join(' and ')
const footage = test.skipIf(missing !== '')
if (missing !== '') process.stderr.write(`Tests on real footage are skipped: ${missing} is not here.\n`)

const WIDTH = 1280
const HEIGHT = 720
const SECONDS = 6
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chiron-footage-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function ffmpegPath(): string | undefined {
  try {
    return createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg').path
  } catch {
    return undefined
  }
}

function signalsOf(file: string, filter: string): TimedSignals[] {
  const decode = ['-v', 'error', '-i', file, '-t', `${SECONDS}`, '-vf', `fps=10,${filter},format=gray`]
  const raw = execFileSync(FFMPEG!, [...decode, '-f', 'rawvideo', '-'], { maxBuffer: 1 << 28 })
  const signals: TimedSignals[] = []
  let previous: Uint8Array | undefined
  for (let at = 0; at * WIDTH * HEIGHT < raw.length; at++) {
    const small = downscaleLuma(raw.subarray(at * WIDTH * HEIGHT, (at + 1) * WIDTH * HEIGHT), WIDTH, HEIGHT)
    signals.push({ timeMs: at * 100, ...frameSignals(small.luma, small.width, small.height, previous) })
    previous = small.luma
  }
  expect(signals.length).toBe(SECONDS * 10)
  return signals
}

function judged(signals: TimedSignals[], side: 'phone' | 'server'): string[] {
  const probe = {
    durationMs: SECONDS * 1000,
    width: WIDTH,
    height: HEIGHT,
    fps: 30,
    droppedRatio: 0,
    longestGapMs: 34,
  }
  const limits = side === 'phone' ? DEFAULT_TAKE_LIMITS : serverLimits(DEFAULT_TAKE_LIMITS)
  return [...new Set(judgeTake({ probe, signals, limits }).faults.map(({ code }) => code))]
}

function encode(name: string, filter: string, bitrate: string): string {
  const file = join(folder, `${name}.mp4`)
  const codec = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-tune',
    'zerolatency',
    '-g',
    '30',
    '-b:v',
    bitrate,
  ]
  execFileSync(FFMPEG!, ['-v', 'error', '-y', '-i', CLIP, '-t', `${SECONDS}`, '-vf', filter, ...codec, file])
  return file
}

footage('EPI-12 real footage passes as it is, on the phone and, compressed, on the server', () => {
  expect(judged(signalsOf(CLIP, 'null'), 'phone')).toEqual([])
  expect(judged(signalsOf(encode('thin', 'null', '400k'), 'null'), 'server')).toEqual([])
})

const jitter = 'crop=iw-160:ih-90:80+75*sin(n*2.3):45+40*cos(n*1.7),scale=1280:720'
const spoilt: [string, string, string][] = [
  ['too-dark', 'darkened', 'eq=brightness=-0.3'],
  ['too-dark', 'a quarter of the light', 'lutyuv=y=16+(val-16)*0.25'],
  ['too-bright', 'washed out', 'eq=brightness=0.4'],
  ['blurred', 'out of focus', 'gblur=sigma=13'],
  ['shaking', 'shaken', jitter],
  ['frozen', 'frozen', 'loop=loop=-1:size=1:start=8,setpts=N/FRAME_RATE/TB'],
]
for (const [code, how, filter] of spoilt) {
  footage(`EPI-12 the same footage ${how} is ${code}, on both sides`, () => {
    const signals = signalsOf(CLIP, filter)
    expect(judged(signals, 'phone')).toEqual([code])
    expect(judged(signals, 'server')).toEqual([code])
  })
}

footage('EPI-12 a still scene with noise of the camera is not frozen, even compressed', () => {
  const still = 'loop=loop=-1:size=1:start=8,setpts=N/FRAME_RATE/TB,noise=alls=3:allf=t'
  expect(judged(signalsOf(CLIP, still), 'phone')).toEqual([])
  const signals = signalsOf(encode('still', still, '1M'), 'null')
  expect(judged(signals, 'server')).toEqual([])
})
