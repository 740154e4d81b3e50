import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, whyNoBrowser } from './browser.ts'

const reason = whyNoBrowser()
const inBrowser = test.skipIf(reason !== '')
const label = reason === '' ? '' : ` (skipped: ${reason})`

const folder = mkdtempSync(path.join(tmpdir(), 'browser-'))
const camera = path.join(folder, 'camera.mjpeg')
let server: Server
let browser: Browser | undefined

beforeAll(async () => {
  server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>loopback</title><h1>here</h1>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  if (reason !== '') return
  const { path: ffmpeg } = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg') as { path: string }
  const picture = 'testsrc=size=640x480:rate=30:duration=1'
  execFileSync(ffmpeg, [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    picture,
    '-pix_fmt',
    'yuvj420p',
    '-f',
    'mjpeg',
    camera,
  ])
  browser = await launchBrowser({ camera })
})

afterAll(async () => {
  await browser?.close()
  server.close()
  rmSync(folder, { recursive: true })
})

async function openPage() {
  const page = await browser!.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return page
}

inBrowser(`the browser films with the given camera and encodes H.264${label}`, async () => {
  const page = await openPage()
  const filmed = await page.evaluate(async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true })
    const video = Object.assign(document.createElement('video'), { srcObject: stream, muted: true })
    await video.play()
    let byteCount = 0
    const encoder = new VideoEncoder({
      output: (chunk) => {
        byteCount += chunk.byteLength
      },
      error: (error) => {
        throw error
      },
    })
    encoder.configure({ codec: 'avc1.42001f', width: 640, height: 480, bitrate: 1_000_000, framerate: 30 })
    for (let index = 0; index < 10; index++) {
      const frame = new VideoFrame(video, { timestamp: index * 33_333 })
      encoder.encode(frame, { keyFrame: index === 0 })
      frame.close()
    }
    await encoder.flush()
    for (const track of stream.getTracks()) track.stop()
    return { width: video.videoWidth, height: video.videoHeight, byteCount }
  })
  expect(filmed).toMatchObject({ width: 640, height: 480 })
  expect(filmed.byteCount).toBeGreaterThan(1000)
})

inBrowser(`the browser reaches nothing but this machine, and keeps web security on${label}`, async () => {
  const page = await openPage()
  const outside = await page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'reached',
      (error: Error) => error.name,
    ),
  )
  expect(outside).toBe('TypeError')
  const other = createServer((_, response) => response.end('secret'))
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}/`
  const foreign = await page.evaluate(
    (from) =>
      fetch(from).then(
        (reply) => reply.text(),
        () => 'refused',
      ),
    url,
  )
  other.close()
  expect(foreign).toBe('refused')
})

inBrowser(`WebGL is there${label}`, async () => {
  const page = await openPage()
  expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl2') !== null)).toBe(true)
})
