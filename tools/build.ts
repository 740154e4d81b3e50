import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { packedFiles } from './build/packed-files.ts'
import { pureSchemas } from './build/pure-schemas.ts'
import { captureModels } from './models/vite-models.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const APPS = ['worker', 'console']
/** What ends up in an app besides its own folder. */
const INGREDIENTS = ['ui', 'client', 'contract', 'core', 'capture', 'formats', 'sim'].map(
  (name) => `packages/${name}/src`,
)
const MODELS = path.join(import.meta.dirname, 'models')
const PLUGINS = path.join(import.meta.dirname, 'build')
const STAMP = '.stamp'

/**
 * Builds each app whose sources changed since its last build into apps/NAME/dist. A build takes its place only
 * when it is complete, so a server that serves the folder never sees half of one.
 * @throws Error when an app does not build; its former build stays
 */
export async function buildApps({
  apps = APPS as readonly string[],
  force = false,
  log = console.log as (line: string) => void,
} = {}): Promise<void> {
  for (const name of apps) {
    const folder = path.join(ROOT, 'apps', name)
    if (!existsSync(path.join(folder, 'index.html'))) {
      log(`apps/${name} has no screens yet; not built`)
      continue
    }
    const hash = hashOf([folder, MODELS, PLUGINS, ...INGREDIENTS.map((each) => path.join(ROOT, each))])
    if (!force && stampOf(folder) === hash) continue
    const startedMs = Date.now()
    await buildOne(name, folder)
    writeFileSync(path.join(folder, 'dist', STAMP), hash)
    log(`built apps/${name} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`)
  }
}

async function buildOne(name: string, folder: string): Promise<void> {
  const { build } = await import('vite')
  const fresh = path.join(ROOT, '.cache', `build-${name}-${process.pid}`)
  // A test runner says NODE_ENV=test, and vite would then build for developing.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    const plugins = [pureSchemas(), ...(name === 'worker' ? [captureModels()] : []), packedFiles()]
    await build({ root: folder, plugins, logLevel: 'warn', build: { outDir: fresh, emptyOutDir: true } })
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true })
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`apps/${name} does not build; its former build stays as it was.\n${reason}`, { cause })
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
  const dist = path.join(folder, 'dist')
  const former = `${fresh}-former`
  if (existsSync(dist)) renameSync(dist, former)
  renameSync(fresh, dist)
  rmSync(former, { recursive: true, force: true })
}

function stampOf(folder: string): string | undefined {
  const stamp = path.join(folder, 'dist', STAMP)
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
}

/** One hash over the names and bytes of all files under `places`, in an order of their own. */
function hashOf(places: string[]): string {
  const hash = createHash('sha256').update(readFileSync(path.join(ROOT, 'package-lock.json')))
  for (const file of places.flatMap(filesUnder).sort()) {
    hash
      .update(`${path.relative(ROOT, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesUnder(place: string): string[] {
  if (!existsSync(place)) return []
  const own = readdirSync(place, { withFileTypes: true })
  return own.flatMap((entry) => {
    const full = path.join(place, entry.name)
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesUnder(full)
    return /\.test\.tsx?$|\.md$/.test(entry.name) ? [] : [full]
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildApps({ force: process.argv.includes('--force') })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
