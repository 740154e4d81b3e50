import { assert } from '../kit/index.ts'
import { type Comparison, type Comparisons, pooled } from './comparisons.ts'

/**
 * Scores that papers and other tools print, to compare with. Higher is better in each.
 * `counting`: wins and half ties. `average-win-rate`: the mean over opponents of the share won. `bradley-terry`:
 * odds, mean logarithm 0, ties as half wins (Zermelo 1929; steps of Newman 2023). `newman`: odds beside ties
 * (Newman 2023, the likelihood of Davidson 1970). `eigenvector`: who beats those who beat others (Bonacich 1972).
 * `pagerank`: losers point at winners (Brin and Page 1998).
 */
export type ClassicMethod =
  | 'counting'
  | 'average-win-rate'
  | 'bradley-terry'
  | 'newman'
  | 'eigenvector'
  | 'pagerank'

const DAMPING = 0.85
const MAX_ROUNDS = 100_000
const TOLERANCE = 1e-12
/** Where an item never won or never lost its odds have no end; they stop here. */
const MOST_LOG_ODDS = 30

/** Wins[i·n + j]: how often i beat j, ties counted half unless kept apart; ties[i·n + j], both ways. */
type Matrices = { readonly size: number; readonly wins: Float64Array; readonly ties: Float64Array }

/** One score per item of `itemNames`. Without comparisons all are alike. */
export function classicScores(comparisons: Comparisons, method: ClassicMethod): Float64Array {
  const table = matricesOf(comparisons)
  const { size } = table
  const halves = { ...table, wins: table.wins.map((wins, at) => wins + table.ties[at]! / 2) }
  switch (method) {
    case 'counting':
      return sumsOf(size, (item) => halves.wins.subarray(item * size, (item + 1) * size))
    case 'average-win-rate':
      return averageWinRate(halves)
    case 'bradley-terry':
      return likelihoodOdds({ ...halves, ties: new Float64Array(size * size) })
    case 'newman':
      return likelihoodOdds(table)
    case 'eigenvector':
      return dominantVector(size, halves.wins)
    case 'pagerank':
      return pagerank(halves)
  }
}

/**
 * Elo ratings (1978), from 1000, 400 points to ten to one. They depend on the order of the votes, which every other
 * score here does not: for comparing with other tools alone.
 */
export function eloScores(votes: Iterable<Comparison>, { k = 4, start = 1000 } = {}): Map<string, number> {
  const scores = new Map<string, number>()
  for (const { left, right, winner } of votes) {
    const [one, other] = [scores.get(left) ?? start, scores.get(right) ?? start]
    const expected = 1 / (1 + 10 ** ((other - one) / 400))
    const won = winner === 'left' ? 1 : winner === 'right' ? 0 : 0.5
    scores.set(left, one + k * (won - expected))
    scores.set(right, other - k * (won - expected))
  }
  return scores
}

function matricesOf(comparisons: Comparisons): Matrices {
  const { itemNames, left, right, leftWins, ties: even, rightWins } = pooled(comparisons)
  const size = itemNames.length
  const [wins, ties] = [new Float64Array(size * size), new Float64Array(size * size)]
  for (let row = 0; row < left.length; row++) {
    const [one, other] = [left[row]! * size + right[row]!, right[row]! * size + left[row]!]
    wins[one]! += leftWins[row]!
    wins[other]! += rightWins[row]!
    ties[one]! += even[row]!
    ties[other]! += even[row]!
  }
  return { size, wins, ties }
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

function sumsOf(size: number, valuesOf: (item: number) => Float64Array): Float64Array {
  return Float64Array.from({ length: size }, (_, item) => total(valuesOf(item)))
}

function averageWinRate({ size, wins }: Matrices): Float64Array {
  return Float64Array.from({ length: size }, (_, item) => {
    let [rates, opponents] = [0, 0]
    for (let other = 0; other < size; other++) {
      const met = wins[item * size + other]! + wins[other * size + item]!
      if (met === 0) continue
      rates += wins[item * size + other]! / met
      opponents++
    }
    return opponents > 0 ? rates / opponents : 0
  })
}

/** Odds of greatest likelihood, one item after the other, with mean logarithm 0. */
function likelihoodOdds({ size, wins, ties }: Matrices): Float64Array {
  const odds = new Float64Array(size).fill(1)
  let evenness = total(ties) > 0 ? 0.5 : 0
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let moved = 0
    for (let item = 0; item < size; item++) {
      const next = nextOdds({ size, wins, ties }, odds, item, evenness)
      moved = Math.max(moved, Math.abs(Math.log(next / odds[item]!)))
      odds[item] = next
    }
    const mean = Math.exp(total(odds.map(Math.log)) / (size || 1))
    for (let item = 0; item < size; item++) odds[item]! /= mean
    if (evenness > 0) {
      const next = nextEvenness({ size, wins, ties }, odds, evenness)
      moved = Math.max(moved, Math.abs(Math.log(next / evenness)))
      evenness = next
    }
    if (moved < TOLERANCE) break
  }
  return odds
}

function nextOdds(
  { size, wins, ties }: Matrices,
  odds: Float64Array,
  item: number,
  evenness: number,
): number {
  const own = odds[item]!
  let [won, lost] = [0, 0]
  for (let other = 0; other < size; other++) {
    const [theirs, between] = [odds[other]!, Math.sqrt(own * odds[other]!)]
    const all = own + theirs + 2 * evenness * between
    const half = ties[item * size + other]! / 2
    won += ((wins[item * size + other]! + half) * (theirs + evenness * between)) / all
    lost += ((wins[other * size + item]! + half) * (1 + evenness * Math.sqrt(theirs / own))) / all
  }
  if (won === 0 && lost === 0) return own
  return Math.exp(Math.max(-MOST_LOG_ODDS, Math.min(MOST_LOG_ODDS, Math.log(won / lost))))
}

function nextEvenness({ size, wins, ties }: Matrices, odds: Float64Array, evenness: number): number {
  let [even, decided] = [0, 0]
  for (let item = 0; item < size; item++) {
    for (let other = 0; other < size; other++) {
      if (other === item) continue
      const between = Math.sqrt(odds[item]! * odds[other]!)
      const apart = odds[item]! + odds[other]!
      const all = apart + 2 * evenness * between
      even += (ties[item * size + other]! * apart) / all / 2
      decided += (2 * wins[item * size + other]! * between) / all
    }
  }
  return decided > 0 ? Math.max(1e-12, even / decided) : 1e6
}

/** The vector that the matrix stretches most, of length 1. */
function dominantVector(size: number, matrix: Float64Array): Float64Array {
  let vector = new Float64Array(size).fill(1 / (size || 1))
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = Float64Array.from({ length: size }, (_, row) => {
      let sum = 0
      for (let column = 0; column < size; column++) sum += matrix[row * size + column]! * vector[column]!
      return sum
    })
    const length = Math.sqrt(total(next.map((value) => value * value)))
    if (length === 0) return vector
    for (let at = 0; at < size; at++) next[at]! /= length
    const moved = next.reduce((most, value, at) => Math.max(most, Math.abs(value - vector[at]!)), 0)
    vector = next
    if (moved < TOLERANCE) break
  }
  return vector
}

function pagerank({ size, wins }: Matrices): Float64Array {
  const moves = new Float64Array(size * size)
  for (let loser = 0; loser < size; loser++) {
    let losses = 0
    for (let winner = 0; winner < size; winner++) losses += wins[winner * size + loser]!
    for (let winner = 0; winner < size; winner++) {
      const share = losses > 0 ? wins[winner * size + loser]! / losses : 1 / size
      moves[winner * size + loser] = DAMPING * share + (1 - DAMPING) / size
    }
  }
  const vector = dominantVector(size, moves)
  const sum = total(vector)
  assert(size === 0 || sum > 0, 'shares of visits are positive')
  return vector.map((value) => value / sum)
}
