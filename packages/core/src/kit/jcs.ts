import { Refusal } from './refusal.ts'
import { compareStrings } from './sort.ts'

/** Deeper than any document of ours; also ends a value that contains itself. */
export const MAX_JCS_DEPTH = 64

/**
 * The canonical JSON text of a value (RFC 8785): no space, keys in UTF-16 order, numbers as ECMAScript
 * writes them. Takes null, booleans, finite numbers, well-formed texts, arrays and plain objects.
 * @throws Refusal `jcs-invalid` with facts `{ path, reason }` on anything else, undefined included:
 *   what cannot be written exactly must not be signed
 */
export function jcs(value: unknown): string {
  return write(value, '$', 0)
}

function write(value: unknown, path: string, depth: number): string {
  if (depth > MAX_JCS_DEPTH) throw refuse(path, 'too-deep')
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'string') return writeString(value, path)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refuse(path, 'not-finite')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return writeArray(value, path, depth)
  if (typeof value === 'object') return writeObject(value, path, depth)
  throw refuse(path, typeof value)
}

function writeString(text: string, path: string): string {
  if (/\p{Surrogate}/u.test(text)) throw refuse(path, 'lone-surrogate')
  return JSON.stringify(text)
}

function writeArray(array: readonly unknown[], path: string, depth: number): string {
  const items: string[] = []
  for (let at = 0; at < array.length; at++) items.push(write(array[at], `${path}[${at}]`, depth + 1))
  return `[${items.join(',')}]`
}

function writeObject(object: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object)
  // A plain object of another realm (a frame, a test context) has a foreign prototype with no parent.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null
  if (!isPlain) throw refuse(path, 'not-a-plain-object')
  const entries = Object.entries(object).sort(([a], [b]) => compareStrings(a, b))
  const members = entries.map(
    ([key, item]) => `${writeString(key, path)}:${write(item, `${path}.${key}`, depth + 1)}`,
  )
  return `{${members.join(',')}}`
}

function refuse(path: string, reason: string): Refusal {
  return new Refusal('jcs-invalid', { path, reason }, `Cannot write ${path} as canonical JSON: ${reason}`)
}
