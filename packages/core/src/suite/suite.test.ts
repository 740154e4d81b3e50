import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifierKeyOf } from '../log/index.ts'
import { starterOntology } from '../ontology/index.ts'
import {
  fillHoles,
  type SuiteContent,
  type SuiteStatement,
  sampleHardCases,
  signSuite,
  suiteContentSchema,
  suiteCoverage,
  suiteDiff,
  suiteFaults,
  verifySuite,
} from './index.ts'

const label = (en: string) => ({ en })
const factor = (key: string, kind: 'object' | 'light' | 'other', ...levels: string[]) => ({
  key,
  kind,
  label: label(key),
  levels: levels.map((level) => ({ key: level, label: label(level) })),
})
const scenario = (key: string, settings: Record<string, string>) => ({
  key,
  instruction: label('Pick it up.'),
  settings,
})
const content = (change: Partial<SuiteContent> = {}): SuiteContent => ({
  factors: [factor('object', 'object', 'cup', 'bowl'), factor('light', 'light', 'bright', 'dim')],
  impossible: [],
  scenarios: [
    scenario('a', { object: 'cup', light: 'bright' }),
    scenario('b', { object: 'bowl', light: 'dim' }),
  ],
  criteria: { success: label('It is in the box.'), milestones: [], timeLimitMs: 60_000 },
  outcomeIds: ['outcome.success', 'outcome.failure'],
  failureIds: ['failure.dropped'],
  ...change,
})
const codes = (of: SuiteContent) => suiteFaults(of, starterOntology.terms).map(({ code, at }) => [code, at])

test('SUI-1 what fits together has no fault', () => {
  expect(suiteContentSchema.parse(content())).toEqual(content())
  expect(codes(content())).toEqual([])
})

test('SUI-1 every fault is named with its place', () => {
  const { factors, scenarios } = content()
  const cup = { object: 'cup', light: 'bright' }
  const cases: [Partial<SuiteContent>, string[][]][] = [
    [{ scenarios: [] }, [['empty', 'scenarios']]],
    [
      { outcomeIds: [], failureIds: [] },
      [
        ['empty', 'failureIds'],
        ['empty', 'outcomeIds'],
      ],
    ],
    [{ factors: [...factors, factor('light', 'light', 'bright', 'dim')] }, [['twice', 'factors.light']]],
    [{ scenarios: [...scenarios, scenario('c', cup)] }, [['settings-twice', 'scenarios.c']]],
    [{ scenarios: [scenario('a', { object: 'cup' })] }, [['setting-missing', 'scenarios.a']]],
    [{ scenarios: [scenario('a', { ...cup, light: 'red' })] }, [['level-missing', 'scenarios.a']]],
    [{ scenarios: [scenario('a', { ...cup, wind: 'red' })] }, [['factor-missing', 'scenarios.a']]],
    [{ impossible: [{ object: 'cup', light: 'bright' }] }, [['impossible', 'scenarios.a']]],
    [{ impossible: [{}] }, [['empty', 'impossible.0']]],
    [{ failureIds: ['failure.none'] }, [['term-missing', 'failureIds.failure.none']]],
    [{ outcomeIds: ['failure.dropped'] }, [['term-kind', 'outcomeIds.failure.dropped']]],
  ]
  for (const [change, expected] of cases)
    expect(codes(content(change)), JSON.stringify(change)).toEqual(expected)
})

test('SUI-2 the difference names what came, went and changed, and what stays comparable', () => {
  const after = content({
    scenarios: [
      scenario('a', { object: 'cup', light: 'dim' }),
      scenario('b', { light: 'dim', object: 'bowl' }),
    ],
    failureIds: ['failure.dropped', 'failure.collision'],
    criteria: { ...content().criteria, milestones: [{ key: 'grasp', label: label('grasped') }] },
    impossible: [{ object: 'bowl', light: 'bright' }],
  })
  const none = { added: [], removed: [], changed: [] }
  expect(suiteDiff(content(), after)).toEqual({
    factors: none,
    scenarios: { ...none, changed: [{ key: 'a', fields: ['settings'] }] },
    outcomes: { added: [], removed: [] },
    failures: { added: ['failure.collision'], removed: [] },
    criteria: ['impossible', 'milestones'],
    comparable: ['b'],
  })
  const judgedOtherwise = content({ criteria: { ...content().criteria, timeLimitMs: null } })
  expect(suiteDiff(content(), judgedOtherwise).comparable).toEqual([])
})

test('SUI-2 order does not matter, and going back is the reverse', () => {
  const { factors, scenarios, outcomeIds } = content()
  const turned = content({
    factors: [...factors].reverse().map((each) => ({ ...each, levels: [...each.levels].reverse() })),
    scenarios: [...scenarios].reverse(),
    outcomeIds: [...outcomeIds].reverse(),
  })
  expect(suiteDiff(content(), turned)).toEqual(suiteDiff(content(), content()))
  const more = content({ scenarios: [...scenarios, scenario('c', { object: 'cup', light: 'dim' })] })
  expect(suiteDiff(content(), more).scenarios.added).toEqual(['c'])
  expect(suiteDiff(more, content()).scenarios.removed).toEqual(['c'])
})

const anySuite = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }).map((sizes) =>
  content({
    factors: sizes.map((size, at) =>
      factor(`f${at}`, 'other', ...Array.from({ length: size }, (_, level) => `l${level}`)),
    ),
    scenarios: [],
  }),
)

test('SUI-3 pairs are counted per group of factors and every hole is named', () => {
  expect(suiteCoverage(content(), 2)).toEqual({
    strength: 2,
    coveredCount: 2,
    possibleCount: 4,
    byFactors: [{ factors: ['object', 'light'], coveredCount: 2, possibleCount: 4 }],
    holes: [
      { object: 'cup', light: 'dim' },
      { object: 'bowl', light: 'bright' },
    ],
  })
  const without = suiteCoverage(content({ impossible: [{ object: 'cup', light: 'dim' }] }), 2)
  expect([without.possibleCount, without.holes]).toEqual([3, [{ object: 'bowl', light: 'bright' }]])
  expect(suiteCoverage(content(), 1)).toMatchObject({ coveredCount: 4, possibleCount: 4, holes: [] })
  expect(suiteCoverage(content({ factors: [] }), 2)).toMatchObject({ possibleCount: 0, byFactors: [] })
})

test('SUI-3 covered and holes are together what is possible', () => {
  fc.assert(
    fc.property(anySuite, fc.integer({ min: 1, max: 3 }), (suite, strength) => {
      const found = suiteCoverage(suite, strength)
      expect(found.coveredCount + found.holes.length).toBe(found.possibleCount)
    }),
  )
  const wide = content({
    factors: Array.from({ length: 12 }, (_, at) =>
      factor(`f${at}`, 'other', ...Array.from({ length: 40 }, (__, level) => `l${level}`)),
    ),
  })
  expect(() => suiteCoverage(wide, 3)).toThrow(/at most 200000/)
})

const withProposed = (suite: SuiteContent, settings: readonly Readonly<Record<string, string>>[]) => ({
  ...suite,
  scenarios: [...suite.scenarios, ...settings.map((each, at) => scenario(`p${at}`, { ...each }))],
})

test('SUI-4 what is proposed closes every hole, and is the same for the same seed', () => {
  fc.assert(
    fc.property(anySuite, fc.integer({ min: 1, max: 3 }), fc.string(), (suite, strength, seed) => {
      const proposed = fillHoles(suite, { strength, seed })
      expect(suiteCoverage(withProposed(suite, proposed), strength).holes).toEqual([])
      expect(fillHoles(suite, { strength, seed })).toEqual(proposed)
    }),
    { numRuns: 40 },
  )
})

test('SUI-4 few scenarios do, and none is impossible', () => {
  const levels = ['x', 'y', 'z']
  const suite = content({
    factors: ['a', 'b', 'c', 'd'].map((key) => factor(key, 'other', ...levels)),
    impossible: [
      { a: 'x', b: 'x' },
      { a: 'x', b: 'y' },
      { a: 'x', b: 'z', c: 'z' },
    ],
    scenarios: [],
  })
  const proposed = fillHoles(suite, { strength: 2, seed: '1' })
  expect(proposed.length).toBeLessThanOrEqual(16) // 9 is the least without impossible ones; all are 81
  const faults = suiteFaults(withProposed(suite, proposed), starterOntology.terms)
  expect(faults.filter(({ code }) => code === 'impossible')).toEqual([])
  // a=x leaves only b=z, c≠z: the pair a=x, c=z has no completion and stays a hole.
  expect(suiteCoverage(withProposed(suite, proposed), 2).holes).toEqual([{ a: 'x', c: 'z' }])
})

const result = (key: string, successCount: number, rolloutCount: number) => ({
  key,
  successCount,
  rolloutCount,
})

test('SUI-5 failed ones and untried ones are drawn more often than those that go well', () => {
  const results = [
    result('easy', 98, 100),
    result('hard', 20, 100),
    result('new', 0, 0),
    result('fine', 70, 100),
  ]
  const firsts = { easy: 0, hard: 0, new: 0, fine: 0 }
  for (let seed = 0; seed < 500; seed++) {
    const [first] = sampleHardCases(results, { count: 1, seed: String(seed) })
    firsts[first?.key as keyof typeof firsts]++
  }
  expect(firsts.easy).toBe(0)
  expect(firsts.hard).toBeGreaterThan(250)
  expect(firsts.new).toBeGreaterThan(100) // P(Beta(½,½) < 0.2) = 0.295
  expect(firsts.new).toBeLessThan(200)
  const [new1] = sampleHardCases([result('n', 1, 2)], { count: 1, seed: 's' })
  expect(new1).toMatchObject({ successMean: 0.5, successDeviation: 0.25 })
})

test('SUI-5 the same seed gives the same choice in whatever order results come', () => {
  const results = Array.from({ length: 30 }, (_, at) => result(`s${at}`, at % 5, 5))
  const chosen = sampleHardCases(results, { count: 7, seed: 'x' })
  expect(chosen).toHaveLength(7)
  expect(sampleHardCases([...results].reverse(), { count: 7, seed: 'x' })).toEqual(chosen)
  expect(sampleHardCases(results, { count: 7, seed: 'y' })).not.toEqual(chosen)
})

const signer = { name: 'lab.example/suite/lab', secretKey: new Uint8Array(32).fill(7) }
const statement: SuiteStatement = {
  suiteId: '01938f00-0000-7000-8000-000000000001',
  name: 'Kitchen',
  version: 3,
  frozenAt: '2026-11-29T10:00:00.000Z',
  signedBy: verifierKeyOf(signer),
  ontology: { id: '01938f00-0000-7000-8000-000000000002', version: 1 },
  terms: starterOntology.terms.filter(({ id }) => id === 'failure.dropped'),
  content: content(),
}

test('SUI-6 a frozen suite holds by itself, under the right key, and under no other', () => {
  const { envelope, sha256 } = signSuite(statement, signer)
  expect(verifySuite(envelope)).toEqual({ holds: true, statement, sha256, isPinned: false })
  expect(verifySuite(envelope, verifierKeyOf(signer))).toMatchObject({ holds: true, isPinned: true })
  const other = verifierKeyOf({ ...signer, secretKey: new Uint8Array(32).fill(8) })
  expect(verifySuite(envelope, other)).toEqual({ holds: false, reason: 'signature-missing' })
  expect(verifySuite(envelope, 'no key')).toEqual({ holds: false, reason: 'key-malformed' })
})

test('SUI-6 a change of any byte is found', () => {
  const { envelope } = signSuite(statement, signer)
  fc.assert(
    fc.property(fc.nat(envelope.length - 1), fc.constantFrom('A', 'b', '0', '"'), (at, letter) => {
      fc.pre(envelope[at] !== letter)
      const changed = envelope.slice(0, at) + letter + envelope.slice(at + 1)
      expect(verifySuite(changed, verifierKeyOf(signer)).holds).toBe(false)
    }),
  )
  expect(verifySuite('{}')).toEqual({ holds: false, reason: 'envelope-malformed' })
})
