import path from 'node:path'
import { isTest } from './files.ts'
import { EMPTY_NAMES, FEATURE_ORDER, NODE_ONLY_IN, PURE_ROOMS, ROOM_MAY_IMPORT } from './house.ts'
import type { Import, Source } from './source.ts'

export type Fault = { file: string; line: number; message: string }

/** What each package of the workspace lets others import: its `exports` by package name. */
export type Doors = Record<string, Record<string, string>>

type Edge = Import & {
  from: string
  /** The imported file relative to the root, when it is one of ours; else the specifier. */
  to: string
  ours: boolean
}

const FEATURES = 'packages/server/src/features/'
const PLATFORM = 'packages/server/src/platform/'
const SERVER = 'packages/server/src/'

/** Every break of the import rules of the house, in the order of the files. */
export function importFaults(sources: Source[], doors: Doors): Fault[] {
  const edges = sources.flatMap((source) => source.imports.map((each) => edgeOf(source.file, each, doors)))
  const broken = edges.flatMap((edge) => RULES.flatMap((rule) => faultOf(edge, rule(edge))))
  return [...sources.flatMap(nameFaults), ...broken, ...sources.flatMap(sqlFaults), ...cycleFaults(edges)]
}

function faultOf({ from, line, specifier }: Edge, message: string | undefined): Fault[] {
  return message ? [{ file: from, line, message: `imports ${specifier}: ${message}` }] : []
}

function edgeOf(from: string, each: Import, doors: Doors): Edge {
  if (each.specifier.startsWith('.')) {
    const to = path.posix.normalize(path.posix.join(path.posix.dirname(from), each.specifier))
    return { ...each, from, to, ours: true }
  }
  const target = throughDoor(each.specifier, doors)
  return { ...each, from, to: target ?? each.specifier, ours: target !== undefined }
}

/** The file behind `@chiron/name/door`, or undefined when the package opens no such door. */
function throughDoor(specifier: string, doors: Doors): string | undefined {
  const name = packageOf(specifier)
  const exported = doors[name]
  if (!exported) return undefined
  const asked = `.${specifier.slice(name.length)}`
  for (const [door, target] of Object.entries(exported)) {
    const file = door.includes('*') ? starTarget(door, target, asked) : door === asked ? target : undefined
    if (file) return path.posix.join(folderOf(name), file)
  }
  return undefined
}

function starTarget(door: string, target: string, asked: string): string | undefined {
  const [start, end] = door.split('*') as [string, string]
  if (!asked.startsWith(start) || !asked.endsWith(end) || asked.length <= start.length + end.length)
    return undefined
  return target.replaceAll('*', asked.slice(start.length, asked.length - end.length))
}

function folderOf(packageName: string): string {
  const name = packageName.slice('@chiron/'.length)
  return `apps/${name}` in ROOM_MAY_IMPORT ? `apps/${name}` : `packages/${name}`
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}

function roomOf(file: string): string | undefined {
  const room = file.split('/', 2).join('/')
  return room in ROOM_MAY_IMPORT ? room : undefined
}

/** Whether a file is part of its room's work, not a test, a configuration or a tool beside it. */
function isShipped(file: string): boolean {
  return file.startsWith(`${roomOf(file)}/src/`) && !isTest(file)
}

type Rule = (edge: Edge) => string | undefined

const throughPackageNames: Rule = ({ from, to, specifier }) => {
  if (!specifier.startsWith('.')) return undefined
  const target = roomOf(to)
  if (!target || target === roomOf(from)) return undefined
  return `another package is imported by its name, not by a path into ${target}`
}

const throughOpenDoors: Rule = ({ specifier, ours }) =>
  specifier.startsWith('@chiron/') && !ours
    ? 'the package exports no such door (its package.json, "exports")'
    : undefined

const onlyInward: Rule = ({ from, specifier }) => {
  const room = roomOf(from)
  if (!room || !specifier.startsWith('@chiron/')) return undefined
  const name = packageOf(specifier).slice('@chiron/'.length)
  const allowed = ROOM_MAY_IMPORT[room]!
  if (room.endsWith(`/${name}`)) return 'a package reaches its own files by path'
  if (allowed.includes(name)) return undefined
  return `${room} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other package of the house'}`
}

const pureRooms: Rule = ({ from, specifier }) => {
  const allowed = PURE_ROOMS[roomOf(from) ?? '']
  if (!allowed || !isShipped(from) || specifier.startsWith('.') || specifier.startsWith('@chiron/'))
    return undefined
  return allowed.test(specifier) ? undefined : `${roomOf(from)} is pure: values in, decisions out`
}

const noNodeInBrowsers: Rule = ({ from, specifier }) => {
  const room = roomOf(from)
  const where = NODE_ONLY_IN[room ?? '']
  if (!room || !where || !isShipped(from) || !specifier.startsWith('node:')) return undefined
  return where.test(from.slice(room.length + 1))
    ? undefined
    : `${room} also runs in browsers, which have no ${specifier}`
}

const platformKnowsNoProduct: Rule = ({ from, to }) => {
  if (!from.startsWith(PLATFORM) || isTest(from) || !to.startsWith(SERVER) || to.startsWith(PLATFORM))
    return undefined
  return 'platform imports nothing of the product'
}

const featureOrder: Rule = ({ from, to }) => {
  const [own, other] = [featureOf(from), featureOf(to)]
  if (!own) return undefined
  if (!isKnown(own)) return `the feature ${own} has no place in the order (tools/check/house.ts)`
  if (!other || other === own || isTest(from) || !isKnown(other)) return undefined
  if (FEATURE_ORDER.indexOf(other) < FEATURE_ORDER.indexOf(own)) return undefined
  return `${own} comes before ${other}: record what happened, and let ${other} subscribe to it`
}

const featureDoors: Rule = ({ from, to }) => {
  const other = featureOf(to)
  if (!other || other === featureOf(from) || to === `${FEATURES}${other}/index.ts`) return undefined
  return `a feature is entered through its door, ${other}/index.ts`
}

const featuresStandOnPlatform: Rule = ({ from, to }) => {
  if (!featureOf(from) || isTest(from) || !to.startsWith(SERVER)) return undefined
  if (to.startsWith(PLATFORM) || featureOf(to)) return undefined
  return 'a feature imports platform, packages and earlier features'
}

const RULES: Rule[] = [
  throughPackageNames,
  throughOpenDoors,
  onlyInward,
  pureRooms,
  noNodeInBrowsers,
  platformKnowsNoProduct,
  featureOrder,
  featureDoors,
  featuresStandOnPlatform,
]

function featureOf(file: string): string | undefined {
  return file.startsWith(FEATURES) ? file.slice(FEATURES.length).split('/')[0] : undefined
}

function isKnown(feature: string): feature is (typeof FEATURE_ORDER)[number] {
  return (FEATURE_ORDER as readonly string[]).includes(feature)
}

function nameFaults({ file }: Source): Fault[] {
  const empty = EMPTY_NAMES.exec(file)
  return empty ? [{ file, line: 1, message: `"${empty[2]}" names nothing: say what it is for` }] : []
}

const DATABASE_PACKAGES = /^(kysely|pg|pg-boss)$/
const QUERY_CALLS = new Set([
  'sql',
  'selectFrom',
  'insertInto',
  'updateTable',
  'deleteFrom',
  'mergeInto',
  'executeQuery',
])

/** SQL is written only in a feature's `store.ts` (or `NAME-store.ts`). */
function sqlFaults({ file, imports, calls }: Source): Fault[] {
  if (!featureOf(file) || isTest(file) || /(^|[/-])store\.ts$/.test(file)) return []
  const message = 'SQL belongs in store.ts'
  const imported = imports.filter(({ specifier }) => DATABASE_PACKAGES.test(specifier))
  const written = calls.filter(({ name }) => QUERY_CALLS.has(name))
  return [
    ...imported.map(({ line, specifier }) => ({ file, line, message: `imports ${specifier}: ${message}` })),
    ...written.map(({ line, name }) => ({ file, line, message: `calls ${name}: ${message}` })),
  ]
}

/** One fault per knot of files that import each other at run time; types alone make no knot. */
function cycleFaults(edges: Edge[]): Fault[] {
  const next = new Map<string, Edge[]>()
  for (const edge of edges) {
    if (edge.ours && !edge.typeOnly) next.set(edge.from, [...(next.get(edge.from) ?? []), edge])
  }
  const done = new Set<string>()
  const faults: Fault[] = []
  const walk = (file: string, way: string[]): void => {
    const at = way.indexOf(file)
    if (at !== -1)
      faults.push({ file, line: 1, message: `imports itself: ${[...way.slice(at), file].join(' → ')}` })
    if (at !== -1 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) walk(to, [...way, file])
    done.add(file)
  }
  for (const file of [...next.keys()].sort()) walk(file, [])
  return faults
}
