import { expect, test } from 'vitest'
import { linkFaults } from './links.ts'

const present = new Set(['README.md', 'docs/guide.md', 'docs/shot.png', 'LICENSE'])
const guide = { file: 'docs/guide.md', text: '# The guide\n\n## Who may, and who may not\n' }

function faultsOf(text: string): string[] {
  const pages = [{ file: 'README.md', text }, guide]
  return linkFaults(pages, (file) => present.has(file)).map(({ line, message }) => `${line} ${message}`)
}

test('LNK-1 links to files and headings that exist, and to other sites, are fine', () => {
  expect(
    faultsOf('[g](docs/guide.md#who-may-and-who-may-not) ![s](docs/shot.png) <img src="docs/shot.png">'),
  ).toEqual([])
  expect(faultsOf('[x](https://example.org/nothing) [y](#top)\n# Top')).toEqual([])
  expect(faultsOf('`[no](link.md)`\n```\n[no](link.md)\n```')).toEqual([])
})

test('LNK-2 a link to nowhere is found with its line', () => {
  expect(faultsOf('# A\n[g](docs/gone.md)')).toEqual(['2 links to docs/gone.md, which does not exist'])
  expect(faultsOf('[g](docs/guide.md#gone)')).toEqual(['1 links to docs/guide.md#gone: no such heading'])
  expect(faultsOf('[g](../elsewhere/a.md)')).toEqual([expect.stringContaining('outside the project')])
})
