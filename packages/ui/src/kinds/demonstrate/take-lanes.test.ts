import { FAULT_CODES } from '@chiron/core/episode'
import { expect, test } from 'vitest'
import { messagesEn } from '../../i18n/messages-en.ts'
import { takeLanes } from './take-lanes.ts'

test('every fault has a sentence and a hint', () => {
  const keys = FAULT_CODES.flatMap((code) => [`ui.fault.${code}`, `ui.fault.${code}.hint`])
  expect(keys.filter((key) => !messagesEn[key])).toEqual([])
})

test('a take without evidence has no lanes; one with all of it has five, named in words', () => {
  const words = (key: string) => messagesEn[key] ?? key
  expect(takeLanes({ lights: [], signals: [], faults: [], words })).toEqual([])
  const lanes = takeLanes({
    lights: [
      { fromMs: 0, toMs: 500, light: 'good' },
      { fromMs: 500, toMs: 900, light: 'bad', code: 'shaking' },
    ],
    signals: [{ timeMs: 0, brightness: 0.5, clippedRatio: 0, sharpness: 90, motion: 0.01 }],
    faults: [{ code: 'shaking', severity: 'fixable', fromMs: 500, toMs: 900, value: 0.2, limit: 0.1 }],
    words,
  })
  expect(lanes.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
    'lights lights',
    'checks spans',
    'brightness series',
    'sharpness series',
    'motion series',
  ])
  expect(lanes.filter(({ label }) => label.startsWith('ui.'))).toEqual([])
  expect(lanes[1]).toMatchObject({ data: [{ tone: 'bad', label: messagesEn['ui.fault.shaking'] }] })
})
