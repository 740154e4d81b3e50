import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

export const DIST = path.resolve(import.meta.dirname, '../../apps/worker/dist')

export type SizedFile = { file: string; bytes: number; gzipBytes: number }

/** What the page itself names, and the words of the largest language: without them nothing shows. */
export function shellFiles(): SizedFile[] {
  return [...['index.html', ...namedByPage()].map(weigh), largestOf(/^language-[a-z]+-[\w-]{8}\.js$/)]
}

const TASK_WORDS = /^language-[a-z]+-task-/

function largestOf(files: RegExp): SizedFile {
  const weighed = assets()
    .filter((name) => files.test(name))
    .map((name) => weigh(`assets/${name}`))
  const [largest] = weighed.toSorted((a, b) => b.gzipBytes - a.gzipBytes)
  if (!largest) throw new Error(`the built app has no file ${files}`)
  return largest
}

const FILMING = /^(DoScreen|FilmDo|film-writer)-/
const SECOND_PASS = /^(TakeScreen|film-reader)-/

/**
 * What comes on top of the shell: `recorder` from the tap on a task until a take is filmed, `secondPass` on top of that
 * until it is sent. All that these parts of the app import; the detector counts for itself.
 */
export function filmingFiles(): { recorder: SizedFile[]; secondPass: SizedFile[] } {
  const known = new Set(namedByPage())
  return {
    recorder: [...allFrom(FILMING, known), largestOf(TASK_WORDS)],
    secondPass: allFrom(SECOND_PASS, known),
  }
}

function allFrom(roots: RegExp, known: Set<string>): SizedFile[] {
  const wanted: string[] = []
  const add = (file: string): void => {
    if (known.has(file)) return
    known.add(file)
    wanted.push(file)
    if (!file.endsWith('.js')) return
    const code = readFileSync(path.join(DIST, file), 'utf8')
    for (const [, name] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      add(`assets/${name}`)
    for (const name of stylesOf(file)) add(`assets/${name}`)
  }
  for (const name of assets().filter((each) => roots.test(each))) add(`assets/${name}`)
  return wanted.map(weigh)
}

/** Style sheets that some file of the app asks for together with this one (Vite's list of what to load ahead). */
function stylesOf(file: string): string[] {
  const stem = path.basename(file).replace(/-[\w-]{8}\.js$/, '-')
  return assets().filter((name) => name.endsWith('.css') && name.startsWith(stem))
}

const assets = (): string[] => readdirSync(path.join(DIST, 'assets'))

function namedByPage(): string[] {
  const page = readFileSync(path.join(DIST, 'index.html'), 'utf8')
  const named = page.matchAll(/<(?:script|link)\b[^>]*(?:src|href)="\/(assets\/[^"]+)"/g)
  return [...new Set([...named].map((match) => match[1] ?? ''))]
}

function weigh(file: string): SizedFile {
  const content = readFileSync(path.join(DIST, file))
  return { file, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length }
}
