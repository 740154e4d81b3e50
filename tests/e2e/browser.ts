import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'

const ROOT = path.resolve(import.meta.dirname, '../..')
const PACKAGE = path.join(ROOT, 'node_modules/@sparticuz/chromium')

export type BrowserOrder = {
  /** A file that plays the camera: .mjpeg or .y4m, repeated without end. Without it there is no camera. */
  camera?: string | undefined
}

/** Why no browser can be started here, in words for a skipped test; empty when one can. */
export function whyNoBrowser(): string {
  if (process.env.CHIRON_CHROMIUM) return ''
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'the Chromium from npm is for Linux x64; set CHIRON_CHROMIUM to one of your own'
  }
  if (existsSync(PACKAGE)) return ''
  const why = 'npm did not bring the optional package @sparticuz/chromium'
  // A run that is to vouch for a change must not be green for tests it left out.
  if (process.env.CI) throw new Error(why)
  return why
}

/** Starts a headless Chromium that reaches this machine only. Close it when done. */
export async function launchBrowser(order: BrowserOrder = {}): Promise<Browser> {
  return chromium.launch(launchOptions(order))
}

/** The same as options, for a browser with a profile that must survive (`launchPersistentContext`). */
export function launchOptions({ camera }: BrowserOrder = {}): LaunchOptions {
  const { executablePath, env } = chromiumProgram()
  return {
    executablePath,
    env,
    headless: true,
    args: [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...cameraFlags(camera)],
  }
}

/** Ours, not the package's: those turn web security off, and a test with them proves nothing. */
const FLAGS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-domain-reliability',
  '--no-pings',
  '--font-render-hinting=none',
  // Chromium asks nobody but this machine, whatever it or a page would like to fetch.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
]

function cameraFlags(camera: string | undefined): string[] {
  if (camera === undefined) return []
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${path.resolve(camera)}`,
  ]
}

type Program = { executablePath: string; env: Record<string, string> }

function chromiumProgram(): Program {
  const own = process.env.CHIRON_CHROMIUM
  if (own) return { executablePath: own, env: environment({}) }
  const folder = unpackedChromium()
  const executablePath = path.join(folder, 'chromium')
  const fonts: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: path.join(folder, 'fonts') }
  return { executablePath, env: environment({ ...fonts, ...librariesFor(executablePath, folder) }) }
}

function environment(extra: Record<string, string>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return { ...Object.fromEntries(inherited), ...extra }
}

/** The package carries the system libraries of a small Linux, for machines that lack Chromium's. */
function librariesFor(executablePath: string, folder: string): Record<string, string> {
  const started = spawnSync(executablePath, ['--version'], { encoding: 'utf8' })
  return started.status === 0 ? {} : { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') }
}

/** The package unpacks itself into the temporary folder; here it gets a private one and moves when complete. */
const UNPACK =
  "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"

function unpackedChromium(): string {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as {
    version: string
  }
  const cache = path.join(ROOT, '.cache')
  const folder = path.join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const unpacking = mkdtempSync(`${folder}-`)
  const unpacked = spawnSync(process.execPath, ['--input-type=module', '-e', UNPACK], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: unpacking, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
  })
  if (unpacked.status !== 0)
    throw new Error(`Chromium cannot be unpacked into ${unpacking}: ${unpacked.stderr}`)
  writeFileSync(path.join(unpacking, 'fonts/fonts.conf'), fontSettings(path.join(folder, 'fonts')))
  try {
    renameSync(unpacking, folder)
  } catch (error) {
    rmSync(unpacking, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** For machines without fonts of their own: the package's, where they lie now. */
function fontSettings(folder: string): string {
  const places = `<dir>${folder}/fonts</dir><cachedir>${folder}/cache</cachedir>`
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${places}</fontconfig>\n`
}
