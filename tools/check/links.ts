import path from 'node:path'
import type { Fault } from './imports.ts'
import type { Page } from './spec-ids.ts'

const LINK = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|\b(?:src|href)="([^"]+)"/g
const OUTSIDE = /^([a-z][a-z0-9+.-]*:|\/\/)/i

/** Relative links of documents whose file, or whose heading in a document, does not exist. */
export function linkFaults(pages: Page[], exists: (file: string) => boolean): Fault[] {
  const headings = new Map(pages.map(({ file, text }) => [file, headingsOf(text)]))
  return pages.flatMap(({ file, text }) =>
    linksOf(text).flatMap(({ target, line }) => {
      const [place, anchor] = target.split('#') as [string, string | undefined]
      const to =
        place === ''
          ? file
          : path.posix.normalize(path.posix.join(path.posix.dirname(file), decodeURI(place)))
      if (to.startsWith('..'))
        return [{ file, line, message: `links to ${target}, which lies outside the project` }]
      if (!exists(to)) return [{ file, line, message: `links to ${target}, which does not exist` }]
      const known = headings.get(to)
      return anchor && known && !known.has(anchor)
        ? [{ file, line, message: `links to ${target}: no such heading` }]
        : []
    }),
  )
}

function linksOf(text: string): { target: string; line: number }[] {
  const prose = withoutCode(text).split('\n')
  return prose.flatMap((content, index) =>
    [...content.matchAll(LINK)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => target !== '' && !OUTSIDE.test(target))
      .map((target) => ({ target, line: index + 1 })),
  )
}

/** Code keeps its line breaks and loses its words. */
function withoutCode(text: string): string {
  return text
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ''))
    .replace(/`[^`\n]*`/g, '')
}

/** Anchors as code hosts make them: lower case, spaces to hyphens, other marks dropped, repeats numbered. */
function headingsOf(text: string): Set<string> {
  const anchors = new Set<string>()
  for (const [, title] of text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').matchAll(/^#{1,6}\s+(.+)$/gm)) {
    const plain = title!
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .toLowerCase()
      .replace(/\s/g, '-')
    let anchor = plain
    for (let again = 1; anchors.has(anchor); again++) anchor = `${plain}-${again}`
    anchors.add(anchor)
  }
  return anchors
}
