import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = new URL('./', import.meta.url)
const sheets = readdirSync(folder)
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({
    name,
    text: readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''),
  }))
const tokens = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8')

function linesMatching(pattern: RegExp): string[] {
  return sheets.flatMap(({ name, text }) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${name}:${at + 1} ${line.trim()}`] : [])),
  )
}

test('UI-4 layout is written in logical properties, so that right-to-left mirrors it', () => {
  const physical =
    /(^|[\s;{])(left|right|(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right)[\w-]*)\s*:|text-align:\s*(left|right)|float:\s*(left|right)|border-(top|bottom)-(left|right)-radius/
  expect(linesMatching(physical)).toEqual([])
  const fourSided = /(?:padding|margin|inset)\s*:\s*\S+ (\S+) \S+ (?!\1)\S+;/
  expect(linesMatching(fourSided)).toEqual([])
})

test('UI-1 no stylesheet names a colour of its own, the QR code apart', () => {
  const colour = /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|:\s*(white|black|red|green|blue|gray|grey)\b/i
  expect(linesMatching(colour)).toEqual(
    ['surfaces.css', 'surfaces.css'].map((name) => expect.stringContaining(name)),
  )
})

test('UI-1 every token used is defined', () => {
  const used = sheets.flatMap(({ text }) => [...text.matchAll(/var\((--[\w-]+)\)/g)].map((match) => match[1]))
  const own = new Set(
    sheets.flatMap(({ text }) => [...text.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1])),
  )
  const missing = [...new Set(used)].filter((name) => !own.has(name) && !tokens.includes(`${name}:`))
  expect(missing).toEqual([])
})
