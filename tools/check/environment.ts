import type { Fault } from './imports.ts'

type Text = { file: string; text: string }

/** The guide that tells whoever runs Chiron which variables there are, one row each. */
export const ENVIRONMENT_GUIDE = 'docs/guides/operator.md'
const CONFIG = 'packages/server/src/platform/config.ts'
const READERS = /^(packages\/(server|formats)|apps\/cli)\/src\/(?!(.*\/)?testing\/|.*\.test\.ts$)/
/** Of the machine and of npm, not of Chiron. */
const NOT_OURS = /^(PATH|HOME|NODE_\w+|npm_\w+)$/
const ROW = /^\|\s*`([A-Z][A-Z0-9_]+)`\s*\|/
const READ = /\bprocess\.env\.([A-Z][A-Z0-9_]+)/g
const DECLARED = /^ {2}([A-Z][A-Z0-9_]+): /gm

/** Variables that are read and not told in the guide, and rows of the guide that nothing reads. */
export function environmentFaults(sources: Text[], guide: string): Fault[] {
  const read = readNames(sources)
  const rows = guide.split('\n').flatMap((content, index) => {
    const name = ROW.exec(content)?.[1]
    return name ? [{ name, line: index + 1 }] : []
  })
  const told = new Set(rows.map(({ name }) => name))
  const untold = [...read].filter(([name]) => !told.has(name))
  const unread = rows.filter(({ name }) => !read.has(name))
  return [
    ...untold.map(([name, place]) => ({ ...place, message: `${name} has no row in ${ENVIRONMENT_GUIDE}` })),
    ...unread.map(({ name, line }) => ({
      file: ENVIRONMENT_GUIDE,
      line,
      message: `${name} is read by nothing`,
    })),
  ]
}

/** Each variable with the first place that reads or declares it. */
function readNames(sources: Text[]): Map<string, { file: string; line: number }> {
  const names = new Map<string, { file: string; line: number }>()
  for (const { file, text } of sources.filter((source) => READERS.test(source.file))) {
    const found = [...text.matchAll(READ), ...(file === CONFIG ? text.matchAll(DECLARED) : [])]
    for (const { 1: name = '', index } of found) {
      const line = text.slice(0, index).split('\n').length
      if (!names.has(name) && !NOT_OURS.test(name)) names.set(name, { file, line })
    }
  }
  return names
}
