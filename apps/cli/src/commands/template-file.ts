import fs from 'node:fs/promises'
import path from 'node:path'
import { FACTOR_KINDS, suiteContentSchema } from '@chiron/core/suite'
import { OWN_TEMPLATES, type ScenarioTemplate, suiteContentOf, type Values } from '@chiron/sim'
import { z } from 'zod'
import { UsageError } from '../exit.ts'

const MAX_TEMPLATE_BYTES = 20 * 1024 * 1024
const MAX_TOLD = 8

const text = z.string().max(MAX_TEMPLATE_BYTES)
const named = z.string().min(1).max(100)
const words = z.record(z.string(), z.string())
const range = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'the low end of a range comes first')
const values = z.record(
  z.string().regex(/^[a-zA-Z0-9_-]+$/, 'letters, digits, - and _'),
  z.union([z.number(), text, range], 'a number, a text, or a range [low, high] of numbers'),
)
const three = <T extends z.ZodType>(part: T) => z.tuple([part, part, part])
const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rises-above'), body: named, heightM: z.number() }),
  z.strictObject({ kind: z.literal('falls-below'), body: named, heightM: z.number() }),
  z.strictObject({ kind: z.literal('falls-faster'), body: named, speedMps: z.number() }),
  z.strictObject({ kind: z.literal('touches'), one: named, other: named, minForceN: z.number().min(0) }),
  z.strictObject({
    kind: z.literal('ends-within'),
    body: named,
    middle: z.tuple([z.number(), z.number()]),
    radiusM: z.number().positive(),
    maxHeightM: z.number(),
  }),
])
const failure = z
  .strictObject({ failureId: named, if: condition.optional(), unless: condition.optional() })
  .refine(
    (rule) => (rule.if === undefined) !== (rule.unless === undefined),
    'one condition: `if` or `unless`',
  )
const numberOrName = z.union([z.number(), named])
const view = z.strictObject({
  eye: three(z.number()),
  target: three(z.number()),
  focalPx: z.number().positive(),
  ground: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('table'), halfX: z.number().positive(), halfY: z.number().positive() }),
    z.strictObject({ kind: z.literal('floor') }),
  ]),
  pad: z.strictObject({ x: z.number(), y: z.number(), halfSide: z.number().positive() }).optional(),
  hidden: z.array(named).max(100),
})
const level = z.strictObject({ key: named, label: words, termId: named.optional(), values })
const templateSchema = z
  .strictObject({
    key: named.refine((key) => !OWN_TEMPLATES.includes(key), 'is a template of Chiron: give yours another'),
    name: words,
    instruction: words,
    mjcf: text.optional(),
    mjcfFile: z.string().max(1000).optional(),
    base: values.default({}),
    factors: z.array(
      z.strictObject({ key: named, kind: z.enum(FACTOR_KINDS), label: words, levels: z.array(level) }),
    ),
    impossible: z.array(z.record(z.string(), z.string())).default([]),
    durationMs: z.number().min(1000).max(120_000),
    start: z.record(z.string(), z.number()).default({}),
    feet: z.array(named).max(20).default([]),
    pushes: z
      .array(
        z.strictObject({
          body: named,
          atMs: numberOrName,
          impulseNs: numberOrName,
          towards: three(numberOrName),
        }),
      )
      .max(20)
      .default([]),
    success: words,
    milestones: z.array(z.strictObject({ key: named, label: words, when: condition })).default([]),
    failures: z.array(failure).min(1).max(100),
    controller: z.enum(['pick-place', 'balance']),
    view,
  })
  .refine(({ mjcf, mjcfFile }) => (mjcf === undefined) !== (mjcfFile === undefined), {
    path: ['mjcf'],
    message: 'the scene itself, or its file as `mjcfFile`',
  })

/**
 * A template of scenarios from a JSON file; its scene may lie beside it (`mjcfFile`, relative to it).
 * @throws UsageError that names each place that makes no sense
 */
export async function templateFromFile(file: string): Promise<ScenarioTemplate> {
  const given = await jsonIn(file)
  const read = templateSchema.safeParse(given)
  if (!read.success) throw refused(file, read.error.issues)
  const { mjcfFile, mjcf, ...rest } = read.data
  const scene = mjcf ?? (await sceneIn(file, mjcfFile ?? ''))
  const template = { ...rest, mjcf: scene } as ScenarioTemplate
  const suite = suiteContentSchema.safeParse(suiteContentOf(template, []))
  if (!suite.success) throw refused(file, suite.error.issues)
  const faults = [...faultsOfKeys(template), ...faultsOfNames(template)]
  if (faults.length > 0) throw refused(file, faults)
  return template
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string }

const refused = (file: string, issues: readonly Issue[]): UsageError => {
  const lines = issues.slice(0, MAX_TOLD).map(({ path: place, message }) => `  ${placeOf(place)}: ${message}`)
  const more = issues.length > MAX_TOLD ? [`  and ${issues.length - MAX_TOLD} more`] : []
  return new UsageError([`--template ${file} is no template:`, ...lines, ...more].join('\n'))
}

const placeOf = (place: readonly PropertyKey[]): string =>
  place.length === 0
    ? 'the file'
    : place
        .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '')

async function jsonIn(file: string): Promise<unknown> {
  const content = await fs.readFile(file).catch(() => undefined)
  if (content === undefined) throw new UsageError(`--template ${file} cannot be read.`)
  if (content.length > MAX_TEMPLATE_BYTES) throw new UsageError(`--template ${file} has more than 20 MB.`)
  try {
    return JSON.parse(content.toString('utf8'))
  } catch (cause) {
    throw new UsageError(`--template ${file} is no JSON: ${(cause as Error).message}`)
  }
}

async function sceneIn(file: string, mjcfFile: string): Promise<string> {
  const place = path.resolve(path.dirname(file), mjcfFile)
  const scene = await fs.readFile(place, 'utf8').catch(() => undefined)
  if (scene === undefined)
    throw refused(file, [{ path: ['mjcfFile'], message: `${mjcfFile} cannot be read` }])
  return scene
}

/** Two factors, or two levels of one, that go by the same key. */
function faultsOfKeys({ factors }: ScenarioTemplate): Issue[] {
  const twice = (keys: readonly string[], at: readonly PropertyKey[]): Issue[] =>
    keys.flatMap((key, place) =>
      keys.indexOf(key) < place ? [{ path: [...at, place, 'key'], message: `“${key}” is there twice` }] : [],
    )
  return [
    ...twice(
      factors.map(({ key }) => key),
      ['factors'],
    ),
    ...factors.flatMap(({ levels }, at) =>
      twice(
        levels.map(({ key }) => key),
        ['factors', at, 'levels'],
      ),
    ),
  ]
}

/** What the scene, its pushes and its rules name, and nothing says or has. */
function faultsOfNames({ mjcf, base, factors, pushes, failures, milestones }: ScenarioTemplate): Issue[] {
  const levels = factors.flatMap((factor) => factor.levels)
  const pieces = [mjcf, ...textsIn(base), ...levels.flatMap((each) => textsIn(each.values))]
  const isSaid = (name: string) =>
    name in base || factors.some((factor) => factor.levels.every((each) => name in each.values))
  const missing = [...new Set([...mjcf.matchAll(/\{\{([a-zA-Z0-9_-]+)\}\}/g)].map(([, name]) => name ?? ''))]
    .filter((name) => !isSaid(name))
    .map(
      (name): Issue => ({
        path: ['mjcf'],
        message: `nothing says “${name}”: give it in “base”, or at every level of a factor`,
      }),
    )
  const hasBody = (name: string) => pieces.some((piece) => piece.includes(`name="${name}"`))
  const bodiesOf = [
    ...failures.flatMap(({ if: holds, unless }, at) =>
      [holds, unless].flatMap((each) => (each ? [{ each, path: ['failures', at] }] : [])),
    ),
    ...milestones.map(({ when }, at) => ({ each: when, path: ['milestones', at] })),
  ]
  const conditions = bodiesOf.flatMap(({ each, path: place }) =>
    ('body' in each ? [each.body] : [each.one, each.other])
      .filter((body) => !hasBody(body))
      .map((body): Issue => ({ path: place, message: `the scene has no “${body}”` })),
  )
  const pushed = pushes
    .map(({ body }, at): [string, Issue] => [
      body,
      { path: ['pushes', at, 'body'], message: `the scene has no “${body}”` },
    ])
    .filter(([body]) => !hasBody(body))
    .map(([, issue]) => issue)
  return [...missing, ...conditions, ...pushed]
}

const textsIn = (of: Values): string[] =>
  Object.values(of).filter((value): value is string => typeof value === 'string')
