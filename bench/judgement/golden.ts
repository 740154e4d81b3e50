import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ClassicMethod,
  type Comparison,
  type Comparisons,
  classicScores,
  comparisonsOfCounts,
  countComparisons,
  countsOf,
  eloScores,
} from '@chiron/core/ranking'
import { CROWD_FOLDER } from './crowds.ts'
import { heading, table, target } from './report.ts'

/** Rows of a set's file as lists of cells, without the head. */
export function cellsOf(set: string, file: string): string[][] {
  const lines = readFileSync(join(CROWD_FOLDER, set, file), 'utf8')
    .trim()
    .split('\n')
  return lines.slice(1).map((line) => line.trim().split(','))
}

/** 8931 votes about 59 language models by 124 people. */
export function llmfaoVotes(): Comparison[] {
  return cellsOf('pw_llmfao', 'comparisons.csv').map(([, task, left, right, worker, winner]) => {
    return {
      left: left!,
      right: right!,
      winner: winner as Comparison['winner'],
      worker: worker!,
      task: task!,
    }
  })
}

const OURS: Readonly<Record<string, ClassicMethod>> = {
  counting: 'counting',
  average_win_rate: 'average-win-rate',
  bradley_terry: 'bradley-terry',
  newman: 'newman',
  pagerank: 'pagerank',
  eigen: 'eigenvector',
}

/** The expected rankings of evalica's own tests: every method on its small sets, by order and by score. */
export function judgeGolden(): void {
  heading('Golden rankings of evalica (largest relative difference of a score)')
  const rows: string[][] = [['method', 'food', 'simple']]
  const misses: string[] = []
  for (const method of [...Object.keys(OURS), 'elo']) {
    const cells = ['food', 'simple'].map((set) => {
      const { difference, inOrder } = compareWithGolden(set, method)
      if (!inOrder) misses.push(`${method} on ${set}`)
      return `${inOrder ? '' : 'other order, '}${difference.toExponential(1)}`
    })
    rows.push([method, ...cells])
  }
  table(rows)
  console.log(
    '\nIts `eigen` ranks losers first (the matrix is turned over): ours equals it once winners and losers change places.',
  )
  target('golden rankings reproduced', misses.length === 0, misses.join(', ') || '7 methods on 2 sets')
}

function compareWithGolden(set: string, method: string) {
  const votes = cellsOf('pw_evalica_golden', `${set}.csv`).map(([left, right, winner]) => {
    return { left: left!, right: right!, winner: winner as Comparison['winner'] }
  })
  const golden = cellsOf('pw_evalica_golden', `${set}-golden.csv`)
    .filter(([name]) => name === method)
    .map(([, item, score]) => ({ item: item!, score: Number(score) }))
  const scores = scoresOf(votes, method)
  const own = golden.map(({ item }) => scores.get(item)!)
  const scale = method === 'elo' ? [1, 1] : [sizeOf(own), sizeOf(golden.map(({ score }) => score))]
  const difference = Math.max(
    ...golden.map(({ score }, at) => Math.abs(own[at]! / scale[0]! / (score / scale[1]!) - 1)),
  )
  // Scores that are alike in the golden file may stand either way.
  const inOrder = own.every((score, at) => at === 0 || score <= own[at - 1]! * (1 + 1e-6))
  return { difference, inOrder }
}

function scoresOf(votes: readonly Comparison[], method: string): ReadonlyMap<string, number> {
  if (method === 'elo') return eloScores(votes)
  const counted = method === 'eigen' ? turnedOver(countComparisons(votes)) : countComparisons(votes)
  const scores = classicScores(counted, OURS[method]!)
  return new Map(counted.itemNames.map((name, at) => [name, scores[at]!]))
}

function turnedOver(comparisons: Comparisons): Comparisons {
  const turned = countsOf(comparisons).map((row) => ({
    ...row,
    leftWins: row.rightWins,
    rightWins: row.leftWins,
  }))
  return comparisonsOfCounts(turned)
}

/** Scores mean something up to a factor: the geometric mean is taken out. */
const sizeOf = (scores: readonly number[]) =>
  Math.exp(scores.reduce((sum, score) => sum + Math.log(score), 0) / scores.length)

/** 90 comparisons of three robot policies: the published odds with ties as half wins. */
export function judgeRobotCounts(): void {
  const counts = cellsOf('pw_so101_counts', 'pairs.csv').map(([left, right, leftWins, rightWins, ties]) => {
    return {
      left: left!,
      right: right!,
      leftWins: Number(leftWins),
      rightWins: Number(rightWins),
      ties: Number(ties),
    }
  })
  const comparisons = comparisonsOfCounts(counts)
  const odds = classicScores(comparisons, 'bradley-terry')
  const found = ['MolmoAct2', 'pi0.5', 'GR00T'].map((name) => odds[comparisons.itemNames.indexOf(name)]!)
  const isClose = found.every((value, at) => Math.abs(value - [1.61, 1.42, 0.44][at]!) < 0.006)
  target('pw_so101_counts 1.61 / 1.42 / .44', isClose, found.map((value) => value.toFixed(2)).join(' / '))
}
