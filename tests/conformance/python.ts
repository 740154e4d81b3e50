import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The versions these checks were written against; newer ones are tried by changing these lines. */
export const LEROBOT = 'lerobot[dataset]==0.6.1'
export const MCAP = ['mcap==1.6.0', 'av==19.0.2', 'mlcroissant==1.1.1']
/** What the Python client needs, and the tool that makes its models; the client itself is installed beside them. */
export const CLIENT = [
  'httpx==0.28.1',
  'pydantic==2.14.4',
  'pandas==3.1.1',
  'datamodel-code-generator==0.89.0',
]
const OLDEST = [3, 12] as const
const ROOT = resolve(import.meta.dirname, '../..')
const VENV = resolve(process.env.CHIRON_CONFORMANCE_VENV ?? join(ROOT, '.cache/conformance-venv'))
const FFMPEG_7 = ['avutil.so.59', 'avcodec.so.61', 'avformat.so.61', 'avdevice.so.61', 'avfilter.so.10']
const FFMPEG_7_MORE = ['swscale.so.8', 'swresample.so.5']

export class CannotInstall extends Error {}

/** A Python that has the real LeRobot, installed once into .cache/conformance-venv. */
export function pythonWithLeRobot(): string {
  return pythonWith(VENV, [LEROBOT], 'some 3 GB to fetch, 5 GB on disk')
}

/** A Python that reads MCAP and Croissant, installed once into a folder beside it: LeRobot pins other versions. */
export function pythonWithMcap(): string {
  return pythonWith(`${VENV}-mcap`, MCAP, 'some 150 MB to fetch, 500 MB on disk')
}

/** A Python for the client in clients/python, which is read from there. */
export function pythonForClient(): string {
  return pythonWith(`${VENV}-client`, CLIENT, 'some 60 MB to fetch, 200 MB on disk')
}

/**
 * A Python (3.12 or newer) with packages from PyPI, installed once into the folder `venv`; `size` says what that takes.
 * @throws CannotInstall where there is no such Python, or PyPI does not answer
 */
export function pythonWith(venv: string, packages: readonly string[], size: string): string {
  const python = join(venv, 'bin/python')
  const done = join(venv, `.installed-${packages.join('-')}`)
  if (existsSync(done)) return python
  const base = findPython()
  console.log(`Making ${venv} with ${base} …`)
  rmSync(venv, { recursive: true, force: true })
  execFileSync(base, ['-m', 'venv', venv], { stdio: 'inherit' })
  console.log(`Installing ${packages.join(', ')} from PyPI (${size}) …`)
  const install = spawnSync(python, ['-m', 'pip', 'install', '--progress-bar', 'off', ...packages], {
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  })
  if (install.status !== 0) throw new CannotInstall(explain(install.stderr))
  writeFileSync(done, '')
  return python
}

function explain(stderr: string): string {
  const unreachable =
    /No matching distribution|Could not fetch URL|connection|timed out|resolve|SSLError/i.test(stderr)
  return `${unreachable ? 'PyPI not reachable' : 'pip failed'}: ${stderr.trim().split('\n').slice(-6).join('\n')}`
}

function findPython(): string {
  const pyenv = join(homedir(), '.pyenv/versions')
  const installed = existsSync(pyenv)
    ? readdirSync(pyenv).map((name) => join(pyenv, name, 'bin/python3'))
    : []
  const onPath = ['python3.12', 'python3.13', 'python3', 'python']
  for (const candidate of [...onPath, ...installed]) {
    const asked = spawnSync(candidate, ['-c', 'import sys, venv; print(*sys.version_info[:2])'], {
      encoding: 'utf8',
    })
    const [major = 0, minor = 0] = (asked.stdout ?? '').trim().split(' ').map(Number)
    if (asked.status === 0 && (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])))
      return candidate
  }
  throw new CannotInstall(`No Python ≥ ${OLDEST.join('.')} on PATH or in ${pyenv}.`)
}

/**
 * The environment for Python. torchcodec, the loader's first choice, needs FFmpeg's shared libraries; where
 * the system has none, those inside the PyAV wheel serve, under the names torchcodec looks for.
 */
export function pythonEnvironment(): NodeJS.ProcessEnv {
  const offline = {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    HF_DATASETS_OFFLINE: '1',
    HF_DATASETS_CACHE: join(VENV, 'hf'),
  }
  if (!existsSync(join(VENV, 'lib'))) return offline
  const packages = join(VENV, 'lib', readdirSync(join(VENV, 'lib'))[0] as string, 'site-packages')
  const libraries = join(packages, 'av.libs')
  if (process.platform !== 'linux' || !existsSync(libraries)) return offline
  const named = join(VENV, 'ffmpeg-7')
  mkdirSync(named, { recursive: true })
  const files = readdirSync(libraries)
  for (const name of [...FFMPEG_7, ...FFMPEG_7_MORE]) {
    const [stem, version] = name.split('.so.') as [string, string]
    const file = files.find((entry) => entry.startsWith(`lib${stem}-`) && entry.includes(`.so.${version}.`))
    const link = join(named, `lib${name}`)
    if (file !== undefined && !existsSync(link)) symlinkSync(join(libraries, file), link)
  }
  const path = [named, libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  return { ...offline, LD_LIBRARY_PATH: path }
}

/** Whether a module can be loaded, shared libraries and all. */
export function canImport(python: string, module: string): boolean {
  const asked = spawnSync(python, ['-c', `import ${module}`], { env: pythonEnvironment(), encoding: 'utf8' })
  return asked.status === 0
}
