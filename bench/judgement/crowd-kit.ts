import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Results } from './accuracy.ts'
import { CROWD_FOLDER, type Crowd } from './crowds.ts'
import { peerPython } from './peer-python.ts'
import { heading, table } from './report.ts'

const VERSION = '1.4.1'

type Row = { set: string; method: string; percent: number; ms: number; fault?: string }

/** Both in the same run: accuracy and time of crowd-kit beside ours. Skips plainly without Python ≥ 3.12. */
export function compareWithCrowdKit(crowds: readonly Crowd[], results: Results, isFull: boolean): void {
  heading(
    `Beside crowd-kit ${VERSION} in the same run${isFull ? '' : ' (large sets: only the quick methods; --full for all)'}`,
  )
  const python = peerPython(`crowd-kit==${VERSION}`, 'some 150 MB to fetch')
  if (!python) return
  const script = join(import.meta.dirname, 'crowd_kit.py')
  const args = [script, CROWD_FOLDER, isFull ? 'full' : 'quick', ...crowds.map(({ name }) => name)]
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' }
  const output = spawnSync(python, args, {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  }).stdout
  const all = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
  const rows = all.filter(({ fault }) => fault === undefined)
  const broken = new Set(all.filter(({ fault }) => fault !== undefined).map(({ method }) => method))
  if (broken.size > 0) console.log(`Left out, crowd-kit's own fails here: ${[...broken].join(', ')}\n`)
  table([
    ['set', 'method', 'crowd-kit %', 'ours %', 'crowd-kit ms', 'ours ms', 'times faster'],
    ...rows.map(({ set, method, percent, ms }) => {
      const ours = results.get(set)!.get(method)!
      return [
        set,
        method,
        percent,
        ours.percent,
        ms.toFixed(0),
        ours.cpuMs.toFixed(1),
        (ms / ours.cpuMs).toFixed(0),
      ]
    }),
  ])
}
