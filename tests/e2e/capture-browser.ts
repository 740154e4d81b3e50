import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { build } from 'vite'
import { captureModels } from '../../tools/models/vite-models.ts'
import { launchOptions, whyNoBrowser } from './browser.ts'

export const DATA = process.env.CHIRON_DATA ?? resolve(import.meta.dirname, '../../../shared/data')
export const HANDS = join(DATA, 'hands/human_hand_video.mp4')
/** A photograph of some people, to be looked at for faces and bodies. */
export const PEOPLE = join(DATA, 'faces/human_group-2.jpg')

/** Why tests in a browser that need these files cannot run here, or ''. */
export function whyNot(...files: string[]): string {
  const missing = files.find((file) => !existsSync(file))
  return missing ? `${missing} is not here` : whyNoBrowser()
}

export function ffmpeg(args: string[], input?: Buffer): Buffer {
  const path: string = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg').path
  return execFileSync(path, ['-v', 'error', '-y', ...args], { maxBuffer: 1 << 29, input })
}

/** Filters of what a fake camera shows. Half the size and rate of a phone's: not how fast this machine decodes is tried. */
export const SMALL = 'scale=640:360,fps=15'
/** Shaken in small steps, fast. */
export const JITTER = 'crop=iw-160:ih-90:80+75*sin(n*2.3):45+40*cos(n*1.7)'
/** The same picture all along. */
export const FREEZE = 'loop=loop=-1:size=1:start=8,setpts=N/FRAME_RATE/TB'

/** Writes a fake camera's pictures: the hand's clip, filtered. */
export function makeCamera(file: string, filter: string, seconds: number): void {
  ffmpeg(['-i', HANDS, '-t', `${seconds}`, '-vf', filter, '-c:v', 'mjpeg', '-q:v', '3', '-f', 'mjpeg', file])
}

/** A browser with a profile of its own, so that it can be killed and opened again. */
export async function openBrowser(profile: string, camera: string | undefined): Promise<BrowserContext> {
  const { args = [], ...options } = launchOptions({ camera })
  return chromium.launchPersistentContext(profile, {
    ...options,
    args: [...args, '--use-fake-ui-for-media-stream'],
  })
}

/** Bundles a page's script as an app would. */
export async function bundle(entry: string, outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    worker: { format: 'es' },
    plugins: [captureModels()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      lib: { entry, formats: ['es'], fileName: 'page' },
    },
  })
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript',
  '.html': 'text/html',
  '.wasm': 'application/wasm',
}

/** Serves a bundle and an empty page for it, on loopback. */
export async function serve(folder: string): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/') {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>capture</title><script type="module" src="/page.js"></script>')
      return
    }
    readFile(join(folder, path.replaceAll('..', ''))).then(
      (bytes) => {
        response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
        response.end(bytes)
      },
      () => {
        response.statusCode = 404
        response.end()
      },
    )
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}
