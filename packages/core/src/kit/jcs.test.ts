import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jcs, Refusal, toHex, utf8 } from './index.ts'
import { MAX_JCS_DEPTH } from './jcs.ts'

const root = resolve(import.meta.dirname, '../../../..')
const dataFolder = resolve(root, process.env.CHIRON_DATA ?? '../shared/data')
const vectors = join(dirname(dataFolder), 'vectors/jcs/testdata')
const missing = existsSync(vectors) ? '' : `no JCS vectors at ${vectors}: skipped`

test.skipIf(missing !== '')(`KIT-7 the official vectors, to the byte ${missing}`, () => {
  const names = readdirSync(join(vectors, 'input')).filter((name) => name.endsWith('.json'))
  expect(names.length).toBeGreaterThanOrEqual(6)
  for (const name of names) {
    const text = jcs(JSON.parse(readFileSync(join(vectors, 'input', name), 'utf8')))
    const hex = readFileSync(join(vectors, 'outhex', name.replace('.json', '.txt')), 'utf8')
    expect(text, name).toBe(readFileSync(join(vectors, 'output', name), 'utf8'))
    expect(toHex(utf8(text)), name).toBe(hex.replace(/\s/g, ''))
  }
})

test('KIT-7 numbers at the edges of ECMAScript (RFC 8785 appendix B)', () => {
  const cases: [string, string][] = [
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000001', '9007199254740994'],
    ['4430000000000000', '295147905179352830000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ]
  for (const [hex, expected] of cases) expect(jcs(numberOf(BigInt(`0x${hex}`)))).toBe(expected)
})

test.skipIf(missing !== '')(
  'KIT-7 the first 10,000 numbers of the official sequence hash as published',
  () => {
    const source = readFileSync(join(vectors, 'README.md'), 'utf8')
    const known = [...(source.split('])')[0] ?? '').matchAll(/0x([0-9a-f]{16})n/g)].map((hit) =>
      BigInt(`0x${hit[1]}`),
    )
    const lines: string[] = []
    for (const bits of numberSequence(known, 10_000))
      lines.push(`${bits.toString(16)},${jcs(numberOf(bits))}\n`)
    const hash = createHash('sha256').update(lines.join('')).digest('hex')
    expect(hash).toBe('b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892')
  },
)

const letter = fc.constantFrom(...'aZ09 "/\\\b\t\n\f\r\u0000\u001f\u007f\u0080é€\u2028\u2029\ufeff\uffff中🤖')

test('KIT-7 what is written reads back the same, and key order does not matter', () => {
  // Once V8 has parsed a key that is one backslash, it reads other one-letter escaped keys as that
  // (nodejs/node#63785): JSON.parse, our yardstick here, must not meet one.
  const value = fc
    .jsonValue({ stringUnit: letter, maxDepth: 4 })
    .filter((value) => !JSON.stringify(value).includes('"\\\\":'))
    .map((value): unknown => JSON.parse(JSON.stringify(value))) // -0 has no JSON of its own
  fc.assert(
    fc.property(value, (value) => {
      const text = jcs(value)
      expect(JSON.parse(text)).toEqual(value)
      expect(jcs(reversed(value))).toBe(text)
    }),
  )
})

test('KIT-8 what cannot be written exactly is refused with its place', () => {
  const circle: Record<string, unknown> = {}
  circle.self = circle
  let deep: unknown = 1
  for (let depth = 0; depth <= MAX_JCS_DEPTH; depth++) deep = [deep]
  const cases: [unknown, string, string][] = [
    [Number.NaN, '$', 'not-finite'],
    [{ a: [1, Number.POSITIVE_INFINITY] }, '$.a[1]', 'not-finite'],
    [undefined, '$', 'undefined'],
    [{ a: undefined }, '$.a', 'undefined'],
    [Object.assign([1], { 2: 2 }), '$[1]', 'undefined'],
    ['\ud800', '$', 'lone-surrogate'],
    [{ '\udc00': 1 }, '$', 'lone-surrogate'],
    [{ a: 1n }, '$.a', 'bigint'],
    [{ a: () => 1 }, '$.a', 'function'],
    [Symbol('a'), '$', 'symbol'],
    [new Date(0), '$', 'not-a-plain-object'],
    [new Map(), '$', 'not-a-plain-object'],
    [new Uint8Array(2), '$', 'not-a-plain-object'],
  ]
  for (const [value, path, reason] of cases) expect(factsOf(value)).toEqual({ path, reason })
  expect(factsOf(circle)).toMatchObject({ reason: 'too-deep' })
  expect(factsOf(deep)).toMatchObject({ reason: 'too-deep' })
})

function factsOf(value: unknown): unknown {
  try {
    return jcs(value)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'jcs-invalid') return error.facts
    throw error
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reversed(item)]),
  )
}

function numberOf(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, bits)
  return view.getFloat64(0)
}

/** The published sequence: known edge values, 2000 smallest normals, then doubles read from a SHA-256 chain. */
function* numberSequence(known: bigint[], count: number): Generator<bigint> {
  let left = count
  for (const bits of [
    ...known,
    ...Array.from({ length: 2000 }, (_, at) => 0x0010000000000000n + BigInt(at)),
  ]) {
    if (left-- <= 0) return
    yield bits
  }
  let block: Uint8Array = new Uint8Array(32)
  while (left > 0) {
    block = createHash('sha256').update(block).digest()
    const view = new DataView(block.buffer, block.byteOffset, 32)
    for (let at = 0; at < 32 && left > 0; at += 8) {
      const bits = view.getBigUint64(at, true)
      const value = numberOf(bits)
      if (value === 0 || !Number.isFinite(value)) continue
      yield bits
      left--
    }
  }
}
