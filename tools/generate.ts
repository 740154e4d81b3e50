import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { generatedFiles } from './check/generated.ts'

/** `npm run generate`: writes again what follows from the migrations and the routes. `--check` only compares. */
const ROOT = path.resolve(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')

for (const { file, text } of await generatedFiles(ROOT)) {
  const full = path.join(ROOT, file)
  const isFresh = read(full) === text
  if (!isFresh && !isCheck) writeFileSync(full, text)
  if (!isFresh && isCheck) process.exitCode = 1
  console.log(`${isFresh ? 'as it was' : isCheck ? 'STALE    ' : 'written  '} ${file}`)
}
if (process.exitCode === 1) console.log('Write them again with: npm run generate')

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // not made yet
  }
}
