import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bytesSource } from '../io.ts'
import { fileSource } from '../node/index.ts'
import { makeClip } from '../node/testing/index.ts'
import { readAvcFrames } from './annex-b.ts'
import { avcVideo, cutVideo, probeVideo } from './index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chiron-cut-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const H264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-bf', '0', '-g', '10']
const clip = await fileSource(
  await makeClip(path.join(folder, 'a.mp4'), { seconds: 3, size: '322x242', encoder: H264 }),
)
const picturesOf = async (bytes: Uint8Array<ArrayBuffer>) => readAvcFrames(bytesSource(bytes))

test('VID-9 a piece has the pictures of the film, from 0', async () => {
  const all = await readAvcFrames(clip)
  const { bytes, startMs } = await cutVideo(clip, { fromSeconds: 1, toSeconds: 2 })
  const piece = await picturesOf(bytes)
  expect(startMs).toBe(0)
  expect(piece.map((frame) => frame.bytes)).toEqual(all.slice(30, 60).map((frame) => frame.bytes))
  expect(await probeVideo(bytesSource(bytes))).toMatchObject({
    frameCount: 30,
    startMs: 0,
    fps: 30,
    width: 322,
  })
  const again = await cutVideo(clip, { fromSeconds: 1, toSeconds: 2 })
  expect(again.bytes).toEqual(bytes)
})

test('VID-9 between key frames it begins with the one before; whole, it is given as it is', async () => {
  const { bytes, startMs } = await cutVideo(clip, { fromSeconds: 1.1, toSeconds: 2 })
  expect(startMs).toBeCloseTo(-100)
  expect(await picturesOf(bytes)).toHaveLength(30)
  const whole = await cutVideo(clip, { fromSeconds: 0, toSeconds: 3 })
  expect(whole).toEqual({ bytes: await clip.read(0, clip.sizeBytes), startMs: 0 })
  await expect(cutVideo(clip, { fromSeconds: 9, toSeconds: 10 })).rejects.toMatchObject({
    code: 'video-piece-missing',
  })
})

test('VID-9 H.264 pictures make a film at their own times', async () => {
  const frames = (await readAvcFrames(clip)).map((frame, at) => ({
    ...frame,
    timeMs: 500 + at * 40 + (at % 3) * 7,
  }))
  const bytes = await avcVideo(frames)
  writeFileSync(path.join(folder, 'b.mp4'), bytes)
  const probe = await probeVideo(bytesSource(bytes))
  expect(probe).toMatchObject({ frameCount: 90, width: 322, height: 242, constantRate: false })
  for (const [at, { timeMs }] of frames.entries())
    expect(probe.packetTimesMs[at]).toBeCloseTo(timeMs - 500, 1)
  const back = await picturesOf(bytes)
  expect(back.map((frame) => frame.bytes.length)).toEqual(frames.map((frame) => frame.bytes.length))
  await expect(avcVideo(frames.slice(1))).rejects.toMatchObject({ code: 'video-damaged' })
  await expect(avcVideo([])).rejects.toMatchObject({ code: 'video-damaged' })
  const twice = frames.map((frame) => ({ ...frame, timeMs: 0 }))
  await expect(avcVideo(twice)).rejects.toThrow(/picture 1 does not come after/)
})
