import fs from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Chiron, openChiron } from './app.ts'
import { createWorkspace, findWorkspace } from './features/account/index.ts'
import { type Config, readConfig } from './platform/config.ts'
import type { Deps, MemberRole } from './platform/context.ts'
import { PostgresProblem } from './platform/postgres/index.ts'
import { VERSION } from './platform/version.ts'
import { DEMO_SLUG, seedDemo } from './seed/seed.ts'
import { freshLinks, ROLES } from './start/links.ts'
import { assertSecretFits, lacksSecret } from './start/secret-fits.ts'
import { openStorage, StartProblem, type Storage } from './start/storage.ts'
import { keepLocalAccess } from './start/this-machine.ts'
import { stopOnSignal } from './start/until-signal.ts'

const HELP = `Chiron ${VERSION}

  serve [--tls]              the server: database, apps, jobs (ROLE=web: no jobs; ROLE=work: no requests)
  work                       jobs alone, beside other processes that serve
  migrate                    brings the database to this version and ends
  link [WORKSPACE] [ROLE]    fresh sign-in links (owner, manager, reviewer, auditor), also while a server runs
  create NAME [OWNER]        a new workspace and a link for its owner

  --tls makes a certificate of this machine's own, so that phones on the same network get their camera.
  Environment: PORT, HOST, CHIRON_HOME, DATABASE_URL, PUBLIC_URL, CHIRON_SECRET, CHIRON_SEED=no, ROLE, LOG_LEVEL.
`

const startedMs = performance.now()
const say = (text: string): void => console.log(text)
const step = (text: string): void =>
  say(`  ${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${text}`)

async function serve(config: Config): Promise<void> {
  const running: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (let last = running.pop(); last; last = running.pop()) await last()
  }
  const stopping = stopOnSignal(stop, say)
  say(`Chiron ${VERSION}`)
  try {
    const storage = await openStorage(config, step)
    running.push(() => storage.stop())
    step(`database ready: ${storage.name}`)
    const chiron = await openOn(storage, config)
    running.push(() => chiron.stop())
    if (config.seed) await seedDemo(chiron.deps, step)
    const url = await chiron.start().catch((cause) => {
      throw portProblem(cause, config)
    })
    if (!chiron.http) return step('working on jobs; Ctrl-C stops')
    step(`serving on ${url}${config.role === 'web' ? ' (no jobs here: ROLE=web)' : ''}`)
    await welcome(chiron, config, url)
  } catch (cause) {
    if (stopping.begun) return
    await stop()
    throw cause
  }
}

/** What helps people in. The server serves already: a database that stumbles just now does not end it. */
async function welcome(chiron: Chiron, config: Config, url: string): Promise<void> {
  try {
    await fs.writeFile(addressFile(config), url)
    const slug = config.seed ? DEMO_SLUG : undefined
    await keepLocalAccess(chiron.deps, { url: localUrl(chiron, config), slug })
    await printLinks(chiron.deps)
  } catch (cause) {
    say(`  The server runs, but its links could not be made (${(cause as Error).message}).`)
    say('  Make them in a moment:  node packages/server/src/main.ts link')
  }
}

/** How this very machine reaches it, whatever its name is to others. */
function localUrl({ http }: Chiron, { host, tls }: Config): string {
  const address = http?.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const name = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host
  return `${tls ? 'https' : 'http'}://${name}:${port}`
}

/** Where a running server is reached, for `link`. */
const addressFile = ({ home }: Config): string => path.join(home, 'address')

async function openOn({ databaseUrl, switchRole }: Storage, config: Config): Promise<Chiron> {
  const isNew = await lacksSecret(config)
  const chiron = await openChiron({ config, databaseUrl, switchRole })
  try {
    await assertSecretFits(chiron.deps, { isNew })
  } catch (cause) {
    await chiron.stop()
    throw cause
  }
  return chiron
}

async function printLinks(deps: Deps): Promise<void> {
  say('')
  if (deps.config.seed) say((await freshLinks(deps, { workspace: DEMO_SLUG })).join('\n'))
  else say('  A workspace of your own:  node packages/server/src/main.ts create "My lab"')
  say('\n  Ctrl-C stops everything; nothing is lost.')
}

function portProblem(cause: Error & { code?: string }, { port, host }: Config): Error {
  if (cause.code === 'EADDRINUSE')
    return new StartProblem(
      `Port ${port} is taken by another program (perhaps another Chiron). Choose one with PORT, for example ` +
        `PORT=${port + 1} npm start`,
    )
  if (cause.code === 'EACCES')
    return new StartProblem(`This user may not listen on port ${port}. Choose one above 1023 with PORT.`)
  if (cause.code === 'EADDRNOTAVAIL')
    return new StartProblem(`This machine has no address ${host}: check HOST.`)
  return cause
}

/** Runs `body` beside a server that may be running, without taking requests or jobs. */
async function withDeps(config: Config, body: (deps: Deps) => Promise<void>): Promise<void> {
  const storage = await openStorage(config, () => undefined)
  try {
    const chiron = await openOn(storage, { ...config, role: 'work' })
    chiron.deps.publicUrl ||= await fs
      .readFile(addressFile(config), 'utf8')
      .catch(() => `${config.tls ? 'https' : 'http'}://localhost:${config.port}`)
    await body(chiron.deps).finally(() => chiron.stop())
  } finally {
    await storage.stop()
  }
}

function link(config: Config, [workspace = DEMO_SLUG, role]: string[]): Promise<void> {
  if (role && !ROLES.includes(role as MemberRole))
    throw new StartProblem(`There is no role “${role}”. There is: ${ROLES.join(', ')}.`)
  const order = { workspace, ...(role ? { role: role as MemberRole } : {}) }
  return withDeps(config, async (deps) => say((await freshLinks(deps, order)).join('\n')))
}

function create(config: Config, [name, ownerName = 'Owner']: string[]): Promise<void> {
  if (!name) throw new StartProblem('Say what the workspace is called: create "My lab"')
  const slug =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'lab'
  return withDeps(config, async (deps) => {
    if (await findWorkspace(deps, slug)) throw new StartProblem(`There is a workspace “${slug}” already.`)
    await createWorkspace(deps, { name, slug, ownerName })
    await keepLocalAccess(deps, { url: deps.publicUrl, slug })
    say((await freshLinks(deps, { workspace: slug, role: 'owner' })).join('\n'))
  })
}

async function migrateOnly(config: Config): Promise<void> {
  const storage = await openStorage(config, step)
  step(`migrated: ${storage.name}`)
  await storage.stop()
}

/** The environment, and the flags that say the same; with --tls phones are meant to reach us. */
function configOf(env: NodeJS.ProcessEnv, tls: boolean): Config {
  const flags = tls ? { CHIRON_TLS: 'yes', HOST: env.HOST || '0.0.0.0' } : {}
  try {
    return readConfig({ ...env, ...flags })
  } catch (cause) {
    throw new StartProblem((cause as Error).message)
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tls: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const [verb = 'serve', ...rest] = positionals
  if (values.help || verb === 'help') return say(HELP)
  const config = configOf(process.env, values.tls)
  if (verb === 'serve') return serve(config)
  if (verb === 'work') return serve({ ...config, role: 'work', seed: false })
  if (verb === 'migrate') return migrateOnly(config)
  if (verb === 'link') return link(config, rest)
  if (verb === 'create') return create(config, rest)
  throw new StartProblem(`There is no verb “${verb}”.\n\n${HELP}`)
}

main().catch((cause: Error) => {
  const plain = cause instanceof StartProblem || cause instanceof PostgresProblem
  console.error(`chiron: ${plain ? cause.message : (cause.stack ?? cause.message)}`)
  process.exit(1)
})
