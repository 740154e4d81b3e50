import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { classicScores, countComparisons } from '@chiron/core/ranking'
import { CROWD_FOLDER } from './crowds.ts'
import { llmfaoVotes } from './golden.ts'
import { peerPython } from './peer-python.ts'
import { heading, table, timed } from './report.ts'

const VERSION = '0.4.2'

type Row = { method: string; ms: number; scores: Record<string, number> }

const OURS = {
  counting: 'counting',
  average_win_rate: 'average-win-rate',
  bradley_terry: 'bradley-terry',
  newman: 'newman',
  pagerank: 'pagerank',
} as const

/** Both in the same run on 8931 votes: time, and whether the order is the same. Skips plainly without Python. */
export function compareWithEvalica(): void {
  heading(`Beside evalica ${VERSION} in the same run (pw_llmfao; its compiled solver)`)
  const python = peerPython(`evalica==${VERSION}`, 'some 100 MB to fetch')
  if (!python) return
  const script = join(import.meta.dirname, 'evalica_scores.py')
  const { stdout, status } = spawnSync(python, [script, CROWD_FOLDER], { encoding: 'utf8' })
  if (status !== 0) {
    console.log('Skipped: evalica fails here.')
    return
  }
  const votes = llmfaoVotes()
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
  table([
    ['method', 'evalica ms', 'ours ms', 'pairs ordered otherwise'],
    ...rows.map(({ method, ms, scores }) => {
      const counted = countComparisons(votes)
      const ours = timed(() => classicScores(counted, OURS[method as keyof typeof OURS]))
      const own = new Map(counted.itemNames.map((name, at) => [name, ours.value[at]!]))
      return [method, ms.toFixed(1), ours.cpuMs.toFixed(1), `${disorder(own, scores)}`]
    }),
  ])
}

/** Pairs of items that stand in the other order, beyond a millionth. */
function disorder(own: ReadonlyMap<string, number>, theirs: Readonly<Record<string, number>>): number {
  const names = Object.keys(theirs)
  const apart = (a: number, b: number) => Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b))
  return names.flatMap((one, at) =>
    names.slice(0, at).filter((other) => {
      const [a, b, c, d] = [own.get(one)!, own.get(other)!, theirs[one]!, theirs[other]!]
      return apart(a, b) && apart(c, d) && a > b !== c > d
    }),
  ).length
}
