import { compareStrings } from '../kit/index.ts'
import type { KeypointAggregate, PointAnswer } from './aggregate-keypoints.ts'
import { bestFreedom } from './freedom.ts'
import { geometricMedian } from './geometric-median.ts'

const ROUNDS = 60
const TOLERANCE = 1e-9
/** Points are looked at in two directions. */
const AXES = 2
/** So many points of a typical worker and keypoint stand behind each one's own scale. */
const IMAGINED = 10
const HABITS_FROM_ROUND = 3
/** At first one answer in twenty is taken as gross; ten deviations wide at least, the rest is for the tails. */
const GROSS = { ratio: 0.05, width: 10 }
/** So many answers stand behind the share of gross ones. */
const GROSS_IMAGINED = 20

/** Everything by position: `spot` is a task's keypoint, `cell` a worker's keypoint. */
export class PointModel {
  #spots: { task: string; keypoint: string; from: number; to: number }[] = []
  #workers: string[]
  #keypoints: string[]
  #spot: Int32Array
  #worker: Int32Array
  #keypoint: Int32Array
  #cell: Int32Array
  #x: Float64Array
  #y: Float64Array
  #placeX: Float64Array
  #placeY: Float64Array
  #doubt: Float64Array
  #pull: Float64Array
  #variance: Float64Array
  #habitX: Float64Array
  #habitY: Float64Array
  #habitVariance = 0
  #freedom = 4
  /** How likely each answer is no gross error. */
  #sound: Float64Array
  #grossRatio = GROSS.ratio
  #grossVariance: number

  /** Rows sorted by task and keypoint. */
  constructor(rows: readonly PointAnswer[]) {
    this.#workers = [...new Set(rows.map(({ worker }) => worker))].sort(compareStrings)
    this.#keypoints = [...new Set(rows.map(({ keypoint }) => keypoint))].sort(compareStrings)
    const workerAt = new Map(this.#workers.map((name, at) => [name, at]))
    const keypointAt = new Map(this.#keypoints.map((name, at) => [name, at]))
    this.#worker = Int32Array.from(rows, ({ worker }) => workerAt.get(worker)!)
    this.#keypoint = Int32Array.from(rows, ({ keypoint }) => keypointAt.get(keypoint)!)
    this.#cell = this.#worker.map((worker, row) => worker * this.#keypoints.length + this.#keypoint[row]!)
    this.#spot = new Int32Array(rows.length)
    for (const [row, { task, keypoint }] of rows.entries()) {
      const last = this.#spots.at(-1)
      if (last?.task === task && last.keypoint === keypoint) last.to = row + 1
      else this.#spots.push({ task, keypoint, from: row, to: row + 1 })
      this.#spot[row] = this.#spots.length - 1
    }
    this.#x = Float64Array.from(rows, ({ x }) => x)
    this.#y = Float64Array.from(rows, ({ y }) => y)
    const medians = this.#spots.map(({ from, to }) => geometricMedian(this.#x, this.#y, from, to))
    this.#placeX = Float64Array.from(medians, ([x]) => x)
    this.#placeY = Float64Array.from(medians, ([, y]) => y)
    this.#doubt = new Float64Array(this.#spots.length)
    this.#pull = new Float64Array(rows.length).fill(1)
    const cellCount = this.#workers.length * this.#keypoints.length
    this.#habitX = new Float64Array(cellCount)
    this.#habitY = new Float64Array(cellCount)
    const squares = Float64Array.from(rows, (_, row) => this.#square(row)).sort()
    // The median of squares in two directions is 2 ln 2 variances.
    const middle = (squares[Math.floor(squares.length / 2)] ?? 0) / (2 * Math.LN2)
    this.#variance = new Float64Array(cellCount).fill(middle)
    this.#sound = new Float64Array(rows.length).fill(1)
    this.#grossVariance = GROSS.width ** 2 * middle
    for (let row = 0; row < rows.length; row++) this.#pull[row] = this.#pullOf(row)
  }

  fit(): void {
    // Half or more of the answers exactly alike: nothing to weigh, the medians stand.
    if (this.#variance.length === 0 || this.#variance[0] === 0) return
    for (let round = 0; round < ROUNDS; round++) {
      const moved = this.#placeSpots()
      if (round >= HABITS_FROM_ROUND) this.#learnHabits()
      this.#learnSpread()
      if (moved < TOLERANCE) break
    }
    this.#placeSpots()
  }

  #square(row: number): number {
    const [spot, cell] = [this.#spot[row]!, this.#cell[row]!]
    const dx = this.#x[row]! - this.#placeX[spot]! - this.#habitX[cell]!
    const dy = this.#y[row]! - this.#placeY[spot]! - this.#habitY[cell]!
    return dx * dx + dy * dy + AXES * this.#doubt[spot]!
  }

  /** How much an answer counts: less, the further it lies out in its worker's own measure, and the less it is sound. */
  #pullOf(row: number): number {
    const variance = this.#variance[this.#cell[row]!] || 1
    const [square, freedom] = [this.#square(row), this.#freedom]
    const sound =
      ((1 - this.#grossRatio) / variance) * (1 + square / (freedom * variance)) ** -(freedom / 2 + 1)
    const gross = this.#grossVariance
      ? (this.#grossRatio / this.#grossVariance) * Math.exp(-square / (2 * this.#grossVariance))
      : 0
    this.#sound[row] = sound + gross > 0 ? sound / (sound + gross) : 0.5
    return (this.#sound[row]! * (freedom + AXES)) / (freedom + square / variance)
  }

  /** How many answers are gross, and how far they lie off; drawn towards what was expected. */
  #learnGross(squares: Float64Array, ofAll: number): void {
    let [count, sum] = [
      GROSS_IMAGINED * GROSS.ratio,
      GROSS_IMAGINED * GROSS.ratio * this.#grossVariance * AXES,
    ]
    for (const [row, square] of squares.entries()) {
      count += 1 - this.#sound[row]!
      sum += (1 - this.#sound[row]!) * square
    }
    this.#grossRatio = Math.min(0.5, count / (squares.length + GROSS_IMAGINED))
    this.#grossVariance = Math.max(GROSS.width ** 2 * ofAll, sum / count / AXES)
  }

  #placeSpots(): number {
    let moved = 0
    for (const [spot, { from, to }] of this.#spots.entries()) {
      let [weight, x, y] = [0, 0, 0]
      for (let row = from; row < to; row++) {
        const cell = this.#cell[row]!
        const own = this.#pull[row]! / this.#variance[cell]!
        weight += own
        x += own * (this.#x[row]! - this.#habitX[cell]!)
        y += own * (this.#y[row]! - this.#habitY[cell]!)
      }
      const step = Math.hypot(x / weight - this.#placeX[spot]!, y / weight - this.#placeY[spot]!)
      moved = Math.max(moved, step * Math.sqrt(weight))
      this.#placeX[spot] = x / weight
      this.#placeY[spot] = y / weight
      this.#doubt[spot] = 1 / weight
    }
    return moved
  }

  #learnHabits(): void {
    const size = this.#variance.length
    const [weights, sumX, sumY] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
    for (let row = 0; row < this.#x.length; row++) {
      const [spot, cell] = [this.#spot[row]!, this.#cell[row]!]
      const own = this.#pull[row]! / this.#variance[cell]!
      weights[cell]! += own
      sumX[cell]! += own * (this.#x[row]! - this.#placeX[spot]!)
      sumY[cell]! += own * (this.#y[row]! - this.#placeY[spot]!)
    }
    const used = [...weights.keys()].filter((cell) => weights[cell]! > 0)
    const mean = (of: (cell: number) => number) => used.reduce((sum, cell) => sum + of(cell), 0) / used.length
    // Begins with the moments, goes on with what is believed of each habit and how sure that is.
    this.#habitVariance =
      this.#habitVariance > 0
        ? mean(
            (cell) =>
              (this.#habitX[cell]! ** 2 + this.#habitY[cell]! ** 2) / AXES +
              1 / (weights[cell]! + 1 / this.#habitVariance),
          )
        : Math.max(
            1e-9 * mean((cell) => this.#variance[cell]!),
            mean(
              (cell) =>
                ((sumX[cell]! / weights[cell]!) ** 2 + (sumY[cell]! / weights[cell]!) ** 2) / AXES -
                1 / weights[cell]!,
            ),
          )
    for (const cell of used) {
      const share = 1 / (weights[cell]! + 1 / this.#habitVariance)
      this.#habitX[cell] = sumX[cell]! * share
      this.#habitY[cell] = sumY[cell]! * share
    }
    this.#centreHabits(used)
  }

  /** A habit that all share cannot be told from the place itself. */
  #centreHabits(used: readonly number[]): void {
    for (let keypoint = 0; keypoint < this.#keypoints.length; keypoint++) {
      const own = used.filter((cell) => cell % this.#keypoints.length === keypoint)
      for (const habit of [this.#habitX, this.#habitY]) {
        const mean = own.reduce((sum, cell) => sum + habit[cell]!, 0) / (own.length || 1)
        for (const cell of own) habit[cell]! -= mean
      }
    }
  }

  #learnSpread(): void {
    const size = this.#variance.length
    const [sums, counts] = [new Float64Array(size), new Float64Array(size)]
    const squares = new Float64Array(this.#x.length)
    for (let row = 0; row < this.#x.length; row++) {
      const cell = this.#cell[row]!
      squares[row] = this.#square(row)
      this.#pull[row] = this.#pullOf(row)
      sums[cell]! += (this.#pull[row]! * squares[row]!) / AXES
      counts[cell]! += this.#sound[row]!
    }
    const over = (pick: (cell: number) => number) => {
      const totals = new Map<number, [number, number]>()
      for (let cell = 0; cell < size; cell++) {
        const [sum, count] = totals.get(pick(cell)) ?? [0, 0]
        totals.set(pick(cell), [sum + sums[cell]!, count + counts[cell]!])
      }
      return (cell: number) => totals.get(pick(cell))![0] / (totals.get(pick(cell))![1] || 1)
    }
    const ofAll = over(() => 0)(0)
    const ofWorker = over((cell) => Math.floor(cell / this.#keypoints.length))
    const ofKeypoint = over((cell) => cell % this.#keypoints.length)
    for (let cell = 0; cell < size; cell++) {
      const typical = (ofWorker(cell) * ofKeypoint(cell)) / ofAll
      const drawn = (sums[cell]! + IMAGINED * typical) / (counts[cell]! + IMAGINED)
      this.#variance[cell] = Math.max(1e-6 * ofAll, drawn)
    }
    const scaled = squares.map((square, row) => square / this.#variance[this.#cell[row]!]!)
    this.#freedom = bestFreedom(scaled, this.#sound, AXES)
    this.#learnGross(squares, ofAll)
    for (let row = 0; row < this.#x.length; row++) this.#pull[row] = this.#pullOf(row)
  }

  result(): KeypointAggregate {
    const points = this.#spots.map(({ task, keypoint, from, to }, spot) => ({
      task,
      keypoint,
      x: this.#placeX[spot]!,
      y: this.#placeY[spot]!,
      standardError: to - from > 1 ? Math.sqrt(this.#doubt[spot]!) : null,
      answerCount: to - from,
    }))
    const workers = this.#workers.map((worker, at) => {
      const cells = this.#variance.subarray(at * this.#keypoints.length, (at + 1) * this.#keypoints.length)
      const answerCount = this.#worker.reduce((sum, who) => sum + (who === at ? 1 : 0), 0)
      return { worker, deviation: Math.sqrt(cells.reduce((a, b) => a + b, 0) / cells.length), answerCount }
    })
    return { points, workers, freedom: this.#freedom }
  }
}
