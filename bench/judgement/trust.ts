import { calibrated, calibrationError, conformalSets, learnCalibration } from '@chiron/core/calibration'
import { auto, confusionDawidSkene, goldFirst } from '@chiron/core/consensus'
import { seededRandom } from '@chiron/core/kit'
import { evenAnswers, replayStopping } from '@chiron/core/stopping'
import { findCopiers, judge } from '@chiron/core/workers'
import { meanOf } from './accuracy.ts'
import { accuracyPercent, type Crowd, splitGold, withCopiers } from './crowds.ts'
import { heading, table, target } from './report.ts'

const SEEDS = Array.from({ length: 20 }, (_, at) => at + 1)
const COVERAGE_PERCENT = 90

/** Calibration with 20% gold and conformal sets, judged on the other 80%, mean over twenty splits. */
export function judgeCalibration(crowds: readonly Crowd[]): void {
  heading(`Calibration error with 20% gold, percent; coverage of label sets at ${COVERAGE_PERCENT}%`)
  const rows: (string | number)[][] = [
    ['set', 'ds raw', 'ds gold', 'auto raw', 'auto gold', 'coverage', 'worse splits'],
  ]
  const found: { name: string; raw: number; better: number; coverage: number }[] = []
  for (const crowd of crowds) {
    const models = [confusionDawidSkene(crowd.shared).posteriors, auto(crowd.shared).posteriors]
    const cells = models.map((posteriors) => calibrationOn(crowd, posteriors))
    const [ds, ours] = cells as [Calibrated, Calibrated]
    rows.push([
      crowd.name,
      ds.raw,
      ds.better,
      ours.raw,
      ours.better,
      ours.coverage,
      `${ours.worseCount}/${SEEDS.length}`,
    ])
    found.push({ name: crowd.name, raw: ours.raw, better: ours.better, coverage: ours.coverage })
  }
  table(rows)
  const above = found
    .filter(({ better }) => better > 5)
    .map(({ name, better }) => `${name} ${better.toFixed(1)}`)
  const mean = meanOf(found.map(({ better }) => better))
  target('ECE ≤ 5% with 20% gold, mean over sets', mean <= 5, `${mean.toFixed(2)} (auto)`)
  target(
    'ECE ≤ 5% with 20% gold, on each set',
    above.length === 0,
    above.length ? `above: ${above.join(', ')}` : 'all',
  )
  const worse = found.filter(({ raw, better }) => better > raw + 0.005)
  const words = worse
    .map(({ name, raw, better }) => `${name} ${raw.toFixed(2)} → ${better.toFixed(2)}`)
    .join(', ')
  target('calibration never above raw (mean over splits)', worse.length === 0, words || 'all sets')
  const off = found.filter(({ coverage }) => Math.abs(coverage - COVERAGE_PERCENT) > 1.5)
  const offWords = off.map(({ name, coverage }) => `${name} ${coverage.toFixed(1)}`).join(', ')
  target('conformal coverage within 1.5 points', off.length === 0, offWords || 'all sets')
}

type Calibrated = { raw: number; better: number; coverage: number; worseCount: number }

function calibrationOn({ shared, truth }: Crowd, posteriors: Float64Array): Calibrated {
  const labelCount = shared.labels.length
  const each = SEEDS.map((seed) => {
    const { gold, rest } = splitGold(truth, 0.2, seed)
    const out = calibrated(posteriors, labelCount, learnCalibration({ posteriors, labelCount, gold }))
    const thrown = seededRandom(`dice ${seed}`)
    const dice = Float64Array.from(gold, () => thrown.next())
    const { sets } = conformalSets({
      posteriors: out,
      labelCount,
      gold,
      coverageRatio: COVERAGE_PERCENT / 100,
      dice,
    })
    const known = [...rest.entries()].filter(([, label]) => label >= 0)
    return {
      raw: 100 * calibrationError(posteriors, labelCount, rest).error,
      better: 100 * calibrationError(out, labelCount, rest).error,
      coverage: (100 * known.filter(([task, label]) => sets[task]!.includes(label)).length) / known.length,
    }
  })
  return {
    raw: meanOf(each.map(({ raw }) => raw)),
    better: meanOf(each.map(({ better }) => better)),
    coverage: meanOf(each.map(({ coverage }) => coverage)),
    worseCount: each.filter(({ raw, better }) => better > raw + 0.05).length,
  }
}

/** Copiers who give 44% of the answers, with 5% gold; ten copiers to be named; alarms on crowds as they are. */
export function judgeCopiers(crowds: readonly Crowd[]): void {
  heading('Copiers of one key thrown by chance (mean of five worlds, percent)')
  const rows: (string | number)[][] = [
    ['set', 'copiers', 'ds', 'auto', 'gold first', 'judge', 'judge, 5% gold', 'precision', 'recall'],
  ]
  const least: Record<string, number> = { rte: 90, dog: 82.5 }
  for (const crowd of crowds.filter(({ name }) => name in least)) {
    for (const [copierCount, ratio] of [
      [20, 0.44],
      [10, 0.2],
    ] as const) {
      const worlds = SEEDS.slice(0, 5).map((seed) => copierWorld(crowd, copierCount, ratio, seed))
      const mean = (key: keyof (typeof worlds)[0]) => meanOf(worlds.map((world) => world[key]))
      const cells = [mean('ds'), mean('plain'), mean('goldFirst'), mean('judged'), mean('judgedWithGold')]
      rows.push([crowd.name, `${copierCount}`, ...cells, mean('precision'), mean('recall')])
      const [precision, recall] = [mean('precision'), mean('recall')]
      const words = `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`
      if (copierCount === 10)
        target(`ten copiers on ${crowd.name} ≥ .95`, Math.min(precision, recall) >= 0.95, words)
      const judged = mean('judgedWithGold')
      const limit = least[crowd.name]!
      if (copierCount === 20) {
        target(`44% copiers, 5% gold, ${crowd.name} ≥ ${limit}`, judged >= limit, judged.toFixed(2))
      }
    }
  }
  table(rows)
  console.log('\nNamed on the crowds as they are (nobody is known to copy there):')
  for (const { name, shared } of crowds) {
    const { groups, testedCount } = findCopiers(shared)
    if (groups.length > 0)
      console.log(`  ${name}: ${groups.flat().length} workers, ${testedCount} pairs tested`)
  }
}

function copierWorld(crowd: Crowd, copierCount: number, ratio: number, seed: number) {
  const { set, truth } = withCopiers(crowd, copierCount, ratio, seed)
  const { gold, rest } = splitGold(truth, 0.05, seed)
  const percent = (found: { posteriors: Float64Array }) => accuracyPercent(found, rest, set.labels.length)
  const { aggregate, copiers } = judge(set)
  const named = copiers.groups.flat().map((worker) => set.workerNames[worker]!)
  const hits = named.filter((name) => name.startsWith('copier')).length
  return {
    ds: percent(confusionDawidSkene(set)),
    plain: percent(auto(set)),
    goldFirst: percent(goldFirst(set, { gold })),
    judged: percent(aggregate),
    judgedWithGold: percent(judge(set, { gold }).aggregate),
    precision: named.length > 0 ? hits / named.length : 1,
    recall: hits / copierCount,
  }
}

/** Answers bought one by one and stopped when sure: what is saved, and what is lost. */
export function judgeStopping(crowds: readonly Crowd[]): void {
  heading('Stopping at 99%, correlated errors minded in small crowds (mean of five orders)')
  const rows: (string | number)[][] = [
    ['set', 'answers per task', 'of', 'saved %', 'accuracy', 'same number evenly', 'all answers', 'lost'],
  ]
  const found = new Map<string, { saved: number; lost: number }>()
  for (const crowd of crowds) {
    const { counted, truth, name } = crowd
    const labelCount = counted.labels.length
    const full = accuracyPercent(auto(counted), truth, labelCount)
    const replays = SEEDS.slice(0, 5).map((seed) => {
      const replay = replayStopping(counted, { rule: { minAnswers: 2, sureAt: 0.99 }, seed })
      const evenly = auto(evenAnswers(counted, replay.answerCount, seed))
      return {
        ...replay,
        percent: accuracyPercent(replay.aggregate, truth, labelCount),
        evenPercent: accuracyPercent(evenly, truth, labelCount),
      }
    })
    const saved = 100 * meanOf(replays.map(({ savedRatio }) => savedRatio))
    const percent = meanOf(replays.map((replay) => replay.percent))
    const perTask = meanOf(replays.map(({ answerCount }) => answerCount)) / counted.taskNames.length
    rows.push([
      name,
      perTask,
      counted.label.length / counted.taskNames.length,
      saved,
      percent,
      meanOf(replays.map(({ evenPercent }) => evenPercent)),
      full,
      full - percent,
    ])
    found.set(name, { saved, lost: full - percent })
  }
  table(rows)
  const four = ['rte', 'd_possent', 'sp_amt', 'dog'].map((name) => found.get(name)!)
  const [saved, lost] = [meanOf(four.map((each) => each.saved)), meanOf(four.map((each) => each.lost))]
  target('≥ 55% saved over rte, d_possent, sp_amt, dog', saved >= 55, `${saved.toFixed(1)}%`)
  target('… at ≤ 0.5 points on average', lost <= 0.5, `${lost.toFixed(2)} lost`)
  const worst = Math.max(...four.map((each) => each.lost))
  target('… at ≤ 0.5 points on each', worst <= 0.5, `most lost ${worst.toFixed(2)}`)
  target(
    'bluebird loses ≤ 1 point',
    found.get('bluebird')!.lost <= 1,
    `${found.get('bluebird')!.lost.toFixed(2)}`,
  )
}
