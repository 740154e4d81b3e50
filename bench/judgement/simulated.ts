import {
  type Answer,
  answerSet,
  auto,
  confusionDawidSkene,
  goldOf,
  ibcc,
  majority,
} from '@chiron/core/consensus'
import { type SeededRandom, seededRandom } from '@chiron/core/kit'
import { meanOf } from './accuracy.ts'
import { accuracyPercent } from './crowds.ts'
import { heading, table, target } from './report.ts'

const CROWDS = 60
const MODELS = { majority, 'dawid-skene': confusionDawidSkene, ibcc, auto }

/** Crowds thrown from wide ranges, which no method was chosen by: is `auto` as good there as on the public sets? */
export function judgeSimulated(): void {
  heading(
    `${CROWDS} simulated crowds (2–5 labels, 60–500 tasks, 3–11 answers each), mean accuracy in percent`,
  )
  const found = Array.from({ length: CROWDS }, (_, seed) => {
    const { answers, labels, known } = thrownCrowd(seededRandom(`simulated ${seed}`))
    const set = answerSet(answers, { labels })
    const truth = goldOf(set, known)
    return Object.values(MODELS).map((method) => accuracyPercent(method(set), truth, labels.length))
  })
  const names = Object.keys(MODELS)
  table([
    ['', ...names],
    ['mean', ...names.map((_, at) => meanOf(found.map((row) => row[at]!)))],
    [
      'worst lead over the majority',
      ...names.map((_, at) => Math.min(...found.map((row) => row[at]! - row[0]!))),
    ],
  ])
  const below = found.filter((row) => row[3]! < row[0]! - 0.5).length
  const ahead = meanOf(found.map((row) => row[3]! - Math.max(row[1]!, row[2]!)))
  target(
    'simulated: auto more than 0.5 below majority in at most one of twenty',
    below <= CROWDS / 20,
    `${below} of ${CROWDS}; ${ahead.toFixed(2)} points against the better of the two models per crowd`,
  )
}

/** Workers with own skills and habits, tasks of unlike ease, skewed labels. */
function thrownCrowd(dice: SeededRandom) {
  const labels = Array.from({ length: 2 + dice.int(4) }, (_, at) => `l${at}`)
  const [taskCount, workerCount, votes] = [60 + dice.int(441), 12 + dice.int(60), 3 + dice.int(9)]
  const skew = 1 + 2 * dice.next()
  const usual = 0.45 + 0.45 * dice.next()
  const workers = Array.from({ length: workerCount }, () => {
    const skill = Math.min(0.99, Math.max(0, usual + 0.6 * (dice.next() - 0.5)))
    return { skill, habit: dice.int(labels.length), isHabitual: dice.next() < 0.3 }
  })
  const spread = dice.next()
  const known = new Map<string, string>()
  const answers: Answer[] = []
  for (let task = 0; task < taskCount; task++) {
    const truth = Math.floor(labels.length * dice.next() ** skew)
    const ease = 1 - spread * dice.next() ** 2
    known.set(`t${task}`, labels[truth]!)
    for (const worker of dice.shuffle([...workers.keys()]).slice(0, votes)) {
      const { skill, habit, isHabitual } = workers[worker]!
      const other = isHabitual ? habit : dice.int(labels.length)
      const said = dice.next() < skill * ease ? truth : other
      answers.push({ task: `t${task}`, worker: `w${worker}`, label: labels[said]! })
    }
  }
  return { answers, labels, known }
}
