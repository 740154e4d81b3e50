// Is node_modules what package-lock.json says? Plain JavaScript: it runs before anything is installed.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const STAMP = 'node_modules/.chiron-stamp'
/** npm writes this as the last act of an install, so an interrupted one has none. */
const NPM_RECORD = 'node_modules/.package-lock.json'

/**
 * Why `root` needs an install, in words, or undefined when it needs none. The stamp is the fast way; without
 * it (somebody ran npm by hand) the lists of packages are compared.
 */
export function whyInstall(root) {
  if (!existsSync(path.join(root, 'node_modules'))) return 'there is no node_modules yet'
  if (readText(path.join(root, STAMP)) === lockHash(root) && existsSync(path.join(root, NPM_RECORD)))
    return undefined
  const record = readText(path.join(root, NPM_RECORD))
  if (record === undefined) return 'an earlier install was interrupted'
  const stale = firstDifference(lockedPackages(root), JSON.parse(record).packages)
  if (stale) return `package-lock.json has changed (${stale})`
  const missing = missingForThisMachine(root)
  if (missing.length > 0) return `this machine needs ${missing[0]}`
  writeStamp(root)
  return undefined
}

/** Remembers that what is installed is what the lock says. */
export function writeStamp(root) {
  writeFileSync(path.join(root, STAMP), lockHash(root))
}

/** Packages for this machine that the lock lists and npm did not bring, by name. */
export function missingForThisMachine(root) {
  const locked = lockedPackages(root)
  const wished = new Set(Object.keys(locked[''].optionalDependencies ?? {}))
  return (
    Object.entries(locked)
      .map(([place, entry]) => ({ place, entry, name: nameOf(place) }))
      .filter(({ entry, name }) => entry.optional && (entry.os || wished.has(name)) && fitsMachine(entry))
      // npm's own record also names what it left out, because its Node was too old for it.
      .filter(({ place }) => !existsSync(path.join(root, place)))
      .map(({ name }) => name)
  )
}

function nameOf(place) {
  return place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
}

function firstDifference(locked, present) {
  for (const [place, wanted] of Object.entries(locked)) {
    if (!place.includes('node_modules/') || wanted.link) continue
    const found = present[place]
    if (found ? found.version !== wanted.version : !wanted.optional) {
      return nameOf(place)
    }
  }
  return undefined
}

function fitsMachine({ os, cpu, libc }) {
  return listed(os, process.platform) && listed(cpu, process.arch) && (!libc || listed(libc, machineLibc()))
}

function listed(list, name) {
  return !list || list.includes(name)
}

function machineLibc() {
  return process.report?.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
}

function lockedPackages(root) {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
}

function lockHash(root) {
  const machine = `${process.platform}-${process.arch}\n`
  return createHash('sha256')
    .update(machine)
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
