/** Clocks of the sender; the message's own time is kept instead. */
const CLOCKS = new Set(['header', 'timestamp', 'stamp'])
const MAX_DEPTH = 8

/**
 * Every number and truth value in a message, by where it stands (`pose.position.x`, `effort.2`). In a message with a
 * list `name`, as joint states have, the lists of the same length are named by it (`position.elbow`).
 */
export function numbersIn(body: unknown): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  collect(body, [], found)
  return found
}

function collect(value: unknown, path: readonly string[], found: Map<string, number>): void {
  if (typeof value === 'number' || typeof value === 'boolean') {
    if (Number.isFinite(Number(value))) found.set(path.join('.') || 'value', Number(value))
    return
  }
  if (typeof value !== 'object' || value === null || path.length >= MAX_DEPTH) return
  const names = namesIn(value)
  for (const [key, inner] of Object.entries(value)) {
    if (CLOCKS.has(key) && path.length === 0) continue
    if (Array.isArray(inner) && inner.length === names?.length) {
      for (const [at, each] of inner.entries()) collect(each, [...path, key, names[at] as string], found)
    } else collect(inner, [...path, key], found)
  }
}

function namesIn(value: object): string[] | null {
  const { name } = value as { name?: unknown }
  const isList = Array.isArray(name) && name.length > 0 && name.every((each) => typeof each === 'string')
  return isList && new Set(name).size === name.length ? (name as string[]) : null
}
