import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrastRatio } from './contrast.ts'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

type Palette = Record<string, string>

function declarationsAfter(selector: string): Palette {
  const start = css.indexOf(selector)
  expect(start, `${selector} is in tokens.css`).toBeGreaterThanOrEqual(0)
  const open = css.indexOf('{', start)
  const body = css.slice(open + 1, css.indexOf('}', open))
  const entries = [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)]
  return Object.fromEntries(entries.map((match) => [match[1] as string, (match[2] as string).trim()]))
}

const light = declarationsAfter(':root {')
const dark = declarationsAfter(':root[data-theme="dark"]')
const darkBySystem = declarationsAfter(':root:not([data-theme="light"])')
const themes: [string, Palette][] = [
  ['light', light],
  ['dark', { ...light, ...dark }],
]

const SURFACES = ['surface-page', 'surface-card', 'surface-sunk', 'surface-selected']
const MEANINGS = ['good', 'attention', 'bad', 'information']
const WORKER_TEXTS = ['text', 'text-muted', 'accent', ...MEANINGS]

/** Every text on background pair that the stylesheets use, with the contrast it must keep. */
function textPairs(): [string, string, number][] {
  const plain = ['surface-page', 'surface-card', 'surface-sunk']
  return [
    ...plain.flatMap((ground) => WORKER_TEXTS.map((text): [string, string, number] => [text, ground, 7])),
    ['text', 'surface-selected', 7],
    ['text-muted', 'surface-selected', 7],
    ['accent', 'surface-selected', 7],
    ...MEANINGS.flatMap((meaning): [string, string, number][] => [
      [meaning, `${meaning}-soft`, 7],
      ['text', `${meaning}-soft`, 7],
      ['text-muted', `${meaning}-soft`, 7],
    ]),
    ['text-on-accent', 'accent-fill', 7],
    ['text-on-accent', 'accent-fill-hover', 7],
    ['text-on-danger', 'danger-fill', 7],
    ['text-on-danger', 'danger-fill-hover', 7],
    ...SURFACES.map((ground): [string, string, number] => ['text-faint', ground, 4.5]),
  ]
}

function markPairs(): [string, string, number][] {
  const marks = [
    'line-strong',
    'focus',
    'accent-mark',
    'neutral-mark',
    ...MEANINGS.map((name) => `${name}-mark`),
  ]
  return SURFACES.flatMap((ground) => marks.map((mark): [string, string, number] => [mark, ground, 3]))
}

for (const [theme, palette] of themes) {
  test(`UI-1 ${theme}: every text and mark keeps its contrast on every ground it stands on`, () => {
    const weak = [...textPairs(), ...markPairs()]
      .map(([front, ground, least]) => {
        const ratio = contrastRatio(palette[front] ?? '', palette[ground] ?? '')
        return { pair: `${front} on ${ground}`, ratio, least }
      })
      .filter((row) => row.ratio < row.least)
    expect(weak).toEqual([])
  })
}

test('UI-1 no colour is outside the test of contrast, but for those that carry nothing', () => {
  const pairs = [...textPairs(), ...markPairs()]
  const tested = new Set([...pairs.map(([front]) => front), ...pairs.map(([, ground]) => ground)])
  const carriesNothing = ['line', 'scrim', 'shadow']
  const colours = Object.keys(light).filter((name) => /^(#|rgb)/.test(light[name] ?? ''))
  const untested = colours.filter((name) => !tested.has(name) && !carriesNothing.includes(name))
  expect(untested.filter((name) => !name.startsWith('clip-'))).toEqual([])
})

test('UI-1 words over a clip keep 7:1 on their label, whatever the picture behind it', () => {
  const [, ...parts] = /rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)/.exec(light['clip-label'] ?? '') ?? []
  const [alpha = 0] = parts.splice(3).map((percent) => Number(percent) / 100)
  const over = (picture: number): string =>
    `#${parts
      .map((channel) =>
        Math.round(Number(channel) * alpha + picture * (1 - alpha))
          .toString(16)
          .padStart(2, '0'),
      )
      .join('')}`
  for (const ground of [over(255), over(0), light['clip-ground'] ?? '']) {
    expect(contrastRatio(light['clip-text'] ?? '', ground)).toBeGreaterThanOrEqual(7)
    for (const mark of ['clip-good', 'clip-attention', 'clip-record'])
      expect(contrastRatio(light[mark] ?? '', ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3)
  }
})

test('UI-1 who asks for more contrast gets text and edges of the strongest kind', () => {
  const more = declarationsAfter('(prefers-contrast: more) {\n  :root')
  expect(more).toMatchObject({
    'text-muted': 'var(--text)',
    line: 'var(--line-strong)',
    focus: 'var(--text)',
  })
  for (const [, palette] of themes)
    for (const ground of SURFACES)
      expect(contrastRatio(palette.text ?? '', palette[ground] ?? '')).toBeGreaterThanOrEqual(10)
})

test('UI-1 the dark colours are the same by system setting and by choice, and cover the light ones', () => {
  expect(darkBySystem).toEqual(dark)
  const colours = Object.keys(light).filter(
    (name) => /^(#|rgb|0 1px)/.test(light[name] ?? '') && !name.startsWith('clip-'),
  )
  expect(colours.filter((name) => !(name in dark))).toEqual([])
})

test('UI-1 contrast is computed as WCAG 2.2 defines it', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 6)
  expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.478, 3)
})

test('UI-2 motion lasts at most 150 ms and stops when the person asks for less', () => {
  const durations = [...css.matchAll(/--motion[\w-]*:\s*(\d+)ms/g)].map((match) => Number(match[1]))
  expect(durations.length).toBe(4)
  expect(Math.max(...durations)).toBeLessThanOrEqual(150)
  const reduced = css.slice(css.indexOf('prefers-reduced-motion'))
  expect([...reduced.matchAll(/--motion[\w-]*:\s*(\d+)ms/g)].map((match) => match[1])).toEqual(['0', '0'])
})
