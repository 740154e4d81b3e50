import { expect, test } from 'vitest'
import {
  kinds,
  knownRatingsLabel,
  knownRatingsOf,
  mixesGold,
  type RateConfig,
  ratingDistances,
} from '../index.ts'

const version = '01938f00-0000-7000-8000-000000000001'
const scale = (termId: string): RateConfig['scales'][number] => ({
  termId,
  prompt: { en: 'How steady is it?' },
  anchors: { low: { en: 'It falls.' }, middle: {}, high: { en: 'It stands.' } },
  examples: { low: null, high: null },
})
const config: RateConfig = {
  suiteId: version,
  suiteVersion: 1,
  world: 'real',
  policyVersionIds: [version],
  stream: null,
  scales: [scale('scale.balance'), scale('scale.safety')],
}
const codes = (faults: { code: string; field: string }[]) =>
  faults.map(({ code, field }) => `${code} ${field}`)
const faultsOf = (ratings: object) => codes(kinds.rate.answerFaults(config, { ratings }))

test('KND-12 a scale has a question and words for both ends, and is asked once', () => {
  expect(kinds.rate.configFaults(config)).toEqual([])
  const bare = { ...scale('scale.balance'), prompt: {}, anchors: { low: {}, middle: {}, high: {} } }
  expect(codes(kinds.rate.configFaults({ ...config, scales: [scale('scale.balance'), bare] }))).toEqual([
    'term-twice scales.1',
    'prompt-missing scales.1.prompt',
    'anchor-missing scales.1.anchors.low',
    'anchor-missing scales.1.anchors.high',
  ])
  expect(codes(kinds.rate.configFaults({ ...config, scales: [] }))).toEqual(['scale-missing scales'])
})

test('KND-12 every scale is answered, from 1 to 5 or as not to be told', () => {
  expect(faultsOf({ 'scale.balance': 5, 'scale.safety': null })).toEqual([])
  expect(faultsOf({ 'scale.balance': 1 })).toEqual(['scale-unanswered ratings.scale.safety'])
  expect(faultsOf({ 'scale.balance': 1, 'scale.safety': 2, constructor: 3 })).toEqual([
    'scale-unknown ratings.constructor',
  ])
  for (const mark of [0, 6, 2.5])
    expect(faultsOf({ 'scale.balance': mark, 'scale.safety': 1 })[0]).toMatch(/^answer-malformed/)
  expect(Object.keys(kinds.rate.shownConfig(config))).toEqual(['scales'])
})

test('KND-16 an answer lies from known ratings by points, scale by scale; what cannot be told is no answer', () => {
  const known = { 'scale.safety': 5, 'scale.balance': 2 }
  const distances = (ratings: Record<string, number | null>) =>
    ratingDistances(known, { ratings }).map(({ scaleId, distance }) => `${scaleId} ${distance}`)
  expect(distances({ 'scale.balance': 3, 'scale.safety': 1, 'scale.other': 1 })).toEqual([
    'scale.balance 1',
    'scale.safety 4',
  ])
  expect(distances({ 'scale.balance': null })).toEqual([])
  expect(ratingDistances({ constructor: 3 }, { ratings: {} })).toEqual([])
  const turned = { 'scale.balance': 2, 'scale.safety': 5 }
  expect(knownRatingsLabel(known)).toBe(knownRatingsLabel(turned))
  expect(knownRatingsOf(knownRatingsLabel(known))).toEqual(known)
  expect(mixesGold('rate')).toBe(true)
})
