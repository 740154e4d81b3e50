import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Term } from './index.ts'
import {
  MAX_TERM_DEPTH,
  ontologyDiff,
  ontologyFaults,
  starterOntology,
  TERM_KINDS,
  termsSchema,
} from './index.ts'

const term = (id: string, more: Partial<Term> = {}): Term => ({
  id,
  kind: id.split('.')[0] as Term['kind'],
  label: { en: id },
  ...more,
})
const codes = (terms: Term[]) => ontologyFaults(terms).map((fault) => [fault.code, fault.termId])

test('ONT-1 ids are unique and begin with their kind', () => {
  expect(codes([term('state.open'), term('state.open')])).toEqual([['term-twice', 'state.open']])
  expect(codes([term('state.open', { kind: 'object' })])).toEqual([['kind-mismatch', 'state.open']])
  for (const id of ['state', 'state.', 'State.open', 'state open', 'state.a--b']) {
    expect(termsSchema.safeParse([{ ...term('state.open'), id }]).success, id).toBe(false)
  }
})

test('ONT-2 parents exist, share the kind, and nothing is its own ancestor', () => {
  expect(codes([term('state.a', { parent: 'state.b' })])).toEqual([['parent-missing', 'state.a']])
  expect(codes([term('state.a', { parent: 'object.b' }), term('object.b')])).toEqual([
    ['parent-kind-mismatch', 'state.a'],
  ])
  expect(codes([term('state.a', { parent: 'state.a' })])).toEqual([['parent-cycle', 'state.a']])
  const cycle = [term('state.a', { parent: 'state.b' }), term('state.b', { parent: 'state.a' })]
  const below = term('state.c', { parent: 'state.a' })
  expect(codes([...cycle, below])).toEqual([
    ['parent-cycle', 'state.a'],
    ['parent-cycle', 'state.b'],
  ])
  const line = (length: number) =>
    Array.from({ length }, (_, at) => term(`state.t${at}`, at > 0 ? { parent: `state.t${at - 1}` } : {}))
  expect(codes(line(MAX_TERM_DEPTH + 1))).toEqual([])
  expect(codes(line(MAX_TERM_DEPTH + 2))).toEqual([['too-deep', `state.t${MAX_TERM_DEPTH + 1}`]])
})

test('ONT-3 the difference names what came, went and changed', () => {
  const before = [term('state.a'), term('state.b', { label: { en: 'b', ar: 'ب' } }), term('state.c')]
  const after = [
    term('state.d'),
    term('state.c', { parent: 'state.a', description: { en: 'now said' } }),
    term('state.b', { label: { ar: 'ب', en: 'b' } }),
  ]
  expect(ontologyDiff(before, after)).toEqual({
    added: ['state.d'],
    removed: ['state.a'],
    changed: [{ id: 'state.c', fields: ['description', 'parent'] }],
  })
})

test('ONT-3 order does not matter, and going back is the reverse', () => {
  const anyTerms = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.constantFrom('x', 'y').map((en) => term(`state.${name}`, { label: { en } })),
        ),
      ),
    ) as fc.Arbitrary<Term[]>
  fc.assert(
    fc.property(anyTerms, anyTerms, (before, after) => {
      const there = ontologyDiff(before, after)
      expect(ontologyDiff([...before].reverse(), [...after].reverse())).toEqual(there)
      const back = ontologyDiff(after, before)
      expect([back.added, back.removed, back.changed]).toEqual([there.removed, there.added, there.changed])
      expect(ontologyDiff(before, before)).toEqual({ added: [], removed: [], changed: [] })
    }),
  )
})

test('ONT-4 the starter ontology is sound, in English and Arabic, with every kind', () => {
  const { terms } = starterOntology
  expect(termsSchema.parse(terms)).toEqual(terms)
  expect(ontologyFaults(terms)).toEqual([])
  expect(terms.length).toBeGreaterThanOrEqual(40)
  for (const { id, label } of terms) {
    expect(label.en, id).toMatch(/^[A-Z][a-z ]+$/)
    expect(label.ar, id).toMatch(/^[\u0600-\u06FF ]+$/u)
  }
  expect(TERM_KINDS.filter((kind) => !terms.some((each) => each.kind === kind))).toEqual([])
})

test('ONT-5 a term has a label, and limits hold', () => {
  expect(termsSchema.safeParse([{ ...term('state.a'), label: {} }]).success).toBe(false)
  expect(termsSchema.safeParse([{ ...term('state.a'), label: { en: ' ' } }]).success).toBe(false)
  expect(termsSchema.safeParse([{ ...term('state.a'), label: { EN: 'a' } }]).success).toBe(false)
  expect(termsSchema.safeParse([]).success).toBe(false)
})
