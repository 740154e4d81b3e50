/**
 * Judgement on real crowds: every method beside published figures, calibration, copiers, stopping, speed, and
 * crowd-kit and evalica in the same run. `node bench/judgement.ts [SECTION …] [--full] [--no-peers]`; reads CHIRON_DATA.
 */
import { accuracyOf, judgeAccuracy, judgeInvariance, type Results } from './judgement/accuracy.ts'
import { compareWithCrowdKit } from './judgement/crowd-kit.ts'
import { CROWD_FOLDER, FIGURES, hasCrowds, loadCrowd } from './judgement/crowds.ts'
import { compareWithEvalica } from './judgement/evalica.ts'
import { judgeGolden, judgeRobotCounts } from './judgement/golden.ts'
import { judgeAgreement, judgeKeypoints, judgeNumbers } from './judgement/measures.ts'
import { judgeOrders } from './judgement/orders.ts'
import { judgeCoverage, judgeNextPairs } from './judgement/policies.ts'
import { judgeBootstrap, judgeLogLoss } from './judgement/ranking.ts'
import { printTargets } from './judgement/report.ts'
import { judgeSegments } from './judgement/segments.ts'
import { judgeSimulated } from './judgement/simulated.ts'
import { judgeSpeed } from './judgement/speed.ts'
import { judgeCalibration, judgeCopiers, judgeStopping } from './judgement/trust.ts'

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const has = (option: string): boolean => process.argv.includes(option)

if (!hasCrowds) {
  console.log(`Skipped: no crowd data at ${CROWD_FOLDER}. Set CHIRON_DATA to the folder that holds crowd/.`)
} else {
  const crowds = Object.keys(FIGURES).map(loadCrowd)
  const small = crowds.filter(({ answers }) => answers.length < 30_000)
  const stopped = ['rte', 'd_possent', 'sp_amt', 'dog', 'bluebird', 'face', 'cf_amt']
  let known: Results | undefined
  const results = (): Results => {
    known ??= accuracyOf(crowds)
    return known
  }
  const sections: Record<string, () => void> = {
    accuracy: () => judgeAccuracy(results()),
    invariance: () => judgeInvariance(small.filter(({ answers }) => answers.length < 10_000)),
    simulated: () => judgeSimulated(),
    calibration: () => judgeCalibration(crowds),
    copiers: () => judgeCopiers(small),
    stopping: () => judgeStopping(crowds.filter(({ name }) => stopped.includes(name))),
    speed: () => judgeSpeed(results()),
    agreement: () => judgeAgreement(),
    numbers: () => judgeNumbers(),
    keypoints: () => judgeKeypoints(),
    segments: () => judgeSegments(),
    golden: () => judgeGolden(),
    robots: () => judgeRobotCounts(),
    votes: () => judgeLogLoss(),
    bootstrap: () => judgeBootstrap(),
    pairs: () => judgeNextPairs(),
    coverage: () => judgeCoverage(),
    orders: () => judgeOrders(),
    'crowd-kit': () => compareWithCrowdKit(crowds, results(), has('--full')),
    evalica: () => compareWithEvalica(),
  }
  const peers = ['crowd-kit', 'evalica']
  const unknown = names.find((name) => !(name in sections))
  if (unknown) throw new Error(`There is no section ${unknown}: ${Object.keys(sections).join(', ')}.`)
  for (const [name, run] of Object.entries(sections)) {
    if (names.length > 0 ? names.includes(name) : !(has('--no-peers') && peers.includes(name))) run()
  }
  printTargets()
}
