import { seededRandom } from '@chiron/core/kit'
import {
  bootstrapRanking,
  countComparisons,
  differenceError,
  hostileVotes,
  opposingRaters,
  predictOutcome,
  type RankingOptions,
  rankItems,
} from '@chiron/core/ranking'
import { llmfaoVotes } from './golden.ts'
import { heading, table, target, timed } from './report.ts'

const FOLDS = 5
const MODELS: readonly (readonly [string, RankingOptions])[] = [
  ['Davidson', { sideBias: false }],
  ['+ side', {}],
  ['+ raters', { raters: true }],
  ['+ side, tasks', { tasks: true }],
  ['+ raters, tasks', { raters: true, tasks: true }],
]

/** How well votes that were held out are foretold, in nats: 1.0986 is a die of three. */
export function judgeLogLoss(): void {
  heading('pw_llmfao: 5-fold log-loss of held-out votes')
  const votes = llmfaoVotes()
  const order = seededRandom('folds').shuffle([...votes.keys()])
  const rows: (string | number)[][] = [['model', 'log-loss', 'ms per fit', 'rounds']]
  const losses = new Map<string, number>()
  for (const [name, options] of MODELS) {
    let [loss, ms, rounds] = [0, 0, 0]
    for (let fold = 0; fold < FOLDS; fold++) {
      const tested = order.filter((_, at) => at % FOLDS === fold).map((at) => votes[at]!)
      const learned = order.filter((_, at) => at % FOLDS !== fold).map((at) => votes[at]!)
      const counted = countComparisons(learned)
      const { value: ranking, cpuMs } = timed(() => rankItems(counted, options))
      for (const vote of tested) loss -= Math.log(predictOutcome(ranking, vote)[vote.winner])
      ms += cpuMs / FOLDS
      rounds = Math.max(rounds, ranking.roundCount)
    }
    losses.set(name, loss / votes.length)
    rows.push([name, (loss / votes.length).toFixed(4), ms.toFixed(0), rounds.toFixed(0)])
  }
  table(rows)
  const raters = losses.get('+ raters')!
  target('pw_llmfao 5-fold log-loss ≤ .925 (raters, no tasks)', raters <= 0.925, raters.toFixed(4))
  console.log(
    '\nTasks are the 13 prompts. Three or more people judged the same two answers, so folds share answers: what a task does to items is foretold too well here.',
  )
}

export function judgeBootstrap(): void {
  heading('pw_llmfao: bootstrap, hostile votes, raters')
  const comparisons = countComparisons(llmfaoVotes())
  const { value: items, ms, cpuMs } = timed(() => bootstrapRanking(comparisons, { roundCount: 100, seed: 1 }))
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length
  const ranking = rankItems(comparisons)
  const size = ranking.itemNames.length
  const own = Array.from({ length: size }, (_, at) => Math.sqrt(ranking.covariance[at * size + at]!))
  const byRater = bootstrapRanking(comparisons, { roundCount: 100, seed: 1, by: 'rater' })
  console.log(
    `Mean standard error: information ${mean(own).toFixed(3)}, bootstrap ${mean(items.map((item) => item.standardError)).toFixed(3)}, bootstrap of raters ${mean(byRater.map((item) => item.standardError)).toFixed(3)}`,
  )
  console.log(`Of a difference: ${differenceError(ranking, 0, 1).toFixed(3)}`)
  const least = Math.min(ms, cpuMs)
  target('100 bootstraps of pw_llmfao ≤ 2 s on one core', least <= 2000, `${least.toFixed(0)} ms`)
  const attacks = hostileVotes(comparisons, { ranks: 10 })
  table([
    ['rank', 'votes to flip it', 'all about'],
    ...attacks.map(({ voteCount, winner, loser, item, above }, at) => [
      `${at + 1}–${at + 2} (${item} over ${above})`,
      `${voteCount ?? 'none found'}`,
      `${winner} beats ${loser}`,
    ]),
  ])
  const raters = opposingRaters(comparisons)
  const named = raters.filter(({ isAgainst }) => isAgainst)
  const favouring = raters.filter(({ favoured }) => favoured?.isBeyondChance)
  console.log(
    `\nOf ${raters.length} raters ${named.length} vote against the evidence, ${favouring.length} favour an item.`,
  )
}
