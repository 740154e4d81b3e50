import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { entryFor, type Lock, lockGaps } from './check/lock.ts'

/** Adds to package-lock.json the packages for other platforms that npm left out (see check/lock.ts). */
const file = path.resolve(import.meta.dirname, '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8')) as Lock
const gaps = lockGaps(lock)
for (const gap of gaps) lock.packages[`node_modules/${gap.name}`] = entryFor(gap)
const [root, ...others] = Object.entries(lock.packages)
lock.packages = Object.fromEntries([root!, ...others.sort(([a], [b]) => (a < b ? -1 : 1))])
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(gaps.length === 0 ? 'nothing was missing' : `added ${gaps.map(({ name }) => name).join(', ')}`)
