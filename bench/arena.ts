/**
 * The arena where the truth is known: votes until the order is found, hostile raters, coverage of intervals, drift, and
 * what a leaderboard costs. `node bench/arena.ts [SECTION …]`; ends non-zero when a target is missed. `demo-seeds` plays the
 * demo on a hundred generated suites: it takes its time, so it runs only where it is named.
 */
import { judgeDemoSeeds } from './arena/demo-seeds.ts'
import { judgeDrift } from './arena/drift.ts'
import { judgeHostile } from './arena/hostile.ts'
import { judgeLeaderboard } from './arena/leaderboard.ts'
import { judgeRecovery } from './arena/recovery.ts'
import { judgeServerPath } from './arena/server-path.ts'
import { judgeCoverage } from './judgement/policies.ts'
import { printTargets } from './judgement/report.ts'

const sections: Record<string, () => void | Promise<void>> = {
  order: judgeRecovery,
  hostile: judgeHostile,
  coverage: () => judgeCoverage(1000),
  server: () => judgeServerPath(1000),
  drift: judgeDrift,
  leaderboard: judgeLeaderboard,
  'demo-seeds': judgeDemoSeeds,
}
const BY_NAME_ALONE = ['demo-seeds']
const names = process.argv.slice(2)
const unknown = names.find((name) => !(name in sections))
if (unknown) throw new Error(`There is no section ${unknown}: ${Object.keys(sections).join(', ')}.`)
for (const [name, run] of Object.entries(sections))
  if (names.includes(name) || (names.length === 0 && !BY_NAME_ALONE.includes(name))) await run()
if (printTargets() > 0) process.exitCode = 1
