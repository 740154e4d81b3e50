/** The house of docs/ARCHITECTURE.md as data: what each room may import. The rules are in imports.ts. */

/** Workspace packages each room may name, besides itself. */
export const ROOM_MAY_IMPORT: Record<string, readonly string[]> = {
  'packages/core': [],
  'packages/contract': ['core'],
  'packages/formats': ['core'],
  'packages/sim': ['core', 'formats'],
  'packages/server': ['contract', 'core', 'formats', 'sim'],
  'packages/client': ['contract', 'core'],
  'packages/capture': ['core', 'contract', 'formats'],
  'packages/ui': ['core', 'formats'],
  'apps/worker': ['ui', 'client', 'contract', 'core', 'capture'],
  'apps/console': ['ui', 'client', 'contract', 'core', 'sim'],
  'apps/cli': ['client', 'contract', 'core', 'formats', 'sim'],
}

/** Rooms that touch nothing but their arguments, and the only packages from npm they may use. */
export const PURE_ROOMS: Record<string, RegExp> = {
  'packages/core': /^(zod|@noble\/(hashes|curves))(\/|$)/,
  'packages/contract': /^zod(\/|$)/,
}

/** Rooms that also run in a browser: Node's modules only in the named files. */
export const NODE_ONLY_IN: Record<string, RegExp> = {
  'packages/formats': /^src\/node(\.ts|\/)/,
  'packages/sim': /^src\/node\//,
  'packages/client': /^(?!)/,
  'packages/capture': /^(?!)/,
  'packages/ui': /^(?!)/,
  'apps/worker': /^(?!)/,
  'apps/console': /^(?!)/,
}

/** A later feature may import an earlier one through its door, never back. */
export const FEATURE_ORDER = [
  'account',
  'log',
  'ontology',
  'consent',
  'media',
  'campaign',
  'task',
  'submission',
  'consensus',
  'review',
  'quality',
  'evaluation',
  'deployment',
  'drift',
  'pay',
  'release',
  'insight',
] as const

/** Words that name nothing. */
export const EMPTY_NAMES = /(^|\/)(shared|common|utils?|helpers?|misc)(\/|\.tsx?$)/
