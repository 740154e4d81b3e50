/** The part of package-lock.json (version 3) that these rules read. */
export type Lock = { packages: Record<string, LockedPackage> }

type LockedPackage = {
  version?: string
  link?: boolean
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

/** A package for some platform that another one names and the lock does not hold. */
export type LockGap = { name: string; version: string; dev: boolean }

/**
 * Packages for other platforms that npm could not look up when it wrote the lock (a mirror need not carry
 * them) and left out without a word. `npm ci` then refuses the lock on every machine.
 */
export function lockGaps({ packages }: Lock): LockGap[] {
  const gaps = new Map<string, LockGap>()
  for (const [place, locked] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      if (place === '' || resolves(packages, place, name)) continue
      gaps.set(name, { name, version, dev: locked.dev ?? false })
    }
  }
  return [...gaps.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function resolves(packages: Lock['packages'], place: string, name: string): boolean {
  for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${folder ? `${folder}/` : ''}node_modules/${name}`]) return true
    if (folder === '') return false
  }
}

/** The lock entry for such a package, its platform read from its name. Throws for a name that tells none. */
export function entryFor({ name, version, dev }: LockGap): LockedPackage {
  const words = name.split(/[-/]/)
  const os = words.find((word) => OS_NAMES.has(word))
  const cpu = words.find((word) => CPU_NAMES.has(word))
  if (!os || !cpu)
    throw new Error(`${name} does not tell its platform; look it up and write its lock entry by hand`)
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev } : {}),
    ...(os === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  }
}

const OS_NAMES = new Set([
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
])
const CPU_NAMES = new Set(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'])
