import type { AnswerSet } from './answer-set.ts'

const ROUNDS = 3

/**
 * A number per worker that depends on what the worker did and on nothing else: not on names, nor on any
 * order of rows or labels. Random beginnings are thrown from it, so that they can be repeated by anyone.
 * (Colour refinement of the graph of tasks and workers, Weisfeiler and Leman 1968, three rounds.)
 */
export function workerColours(set: AnswerSet): Uint32Array {
  const { taskStart, worker, taskNames, workerNames } = set
  const votesAlike = likeVotes(set)
  let workers = new Uint32Array(workerNames.length)
  const tasks = new Uint32Array(taskNames.length)
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Uint32Array(workers.length)
    for (let at = 0; at + 1 < taskStart.length; at++) {
      let colour = taskStart[at + 1]! - taskStart[at]!
      for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
        colour += mixed(workers[worker[row]!]! ^ Math.imul(votesAlike[row]!, 0x9e3779b1))
      }
      tasks[at] = mixed(colour)
    }
    for (let at = 0; at + 1 < taskStart.length; at++) {
      for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) {
        next[worker[row]!]! += mixed(tasks[at]! ^ Math.imul(votesAlike[row]!, 0x85ebca6b))
      }
    }
    workers = next.map((colour, at) => mixed(colour + workers[at]!))
  }
  return workers
}

/** Per row, how many rows of the task carry the same label. */
function likeVotes({ taskStart, label, labels }: AnswerSet): Int32Array {
  const alike = new Int32Array(label.length)
  const votes = new Int32Array(labels.length)
  for (let at = 0; at + 1 < taskStart.length; at++) {
    votes.fill(0)
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) votes[label[row]!]!++
    for (let row = taskStart[at]!; row < taskStart[at + 1]!; row++) alike[row] = votes[label[row]!]!
  }
  return alike
}

/** Spreads 32 bits over 32 bits, one to one: the finaliser of MurmurHash3 (Appleby, public domain). */
export function mixed(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** A number in [0, 1) from three whole numbers: the same for the same three. */
export function diceOf(colour: number, restart: number, throwAt: number): number {
  return (
    mixed(mixed(mixed(colour) + Math.imul(restart + 1, 0x9e3779b1)) + Math.imul(throwAt + 1, 0x27d4eb2f)) /
    2 ** 32
  )
}
