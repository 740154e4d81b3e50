import { createHash } from 'node:crypto'

/**
 * Answers that cost much and follow from their question alone, kept in this process: the last `max` that were asked for.
 * A question names everything that its answer follows from, the workspace included.
 */
export class Memory<Answer> {
  readonly #max: number
  readonly #answers = new Map<string, Answer>()

  constructor(max: number) {
    this.#max = max
  }

  get(question: string): Answer | undefined {
    const answer = this.#answers.get(keyOf(question))
    if (answer !== undefined) this.keep(question, answer)
    return answer
  }

  keep(question: string, answer: Answer): Answer {
    const key = keyOf(question)
    this.#answers.delete(key)
    this.#answers.set(key, answer)
    for (const [oldest] of this.#answers) {
      if (this.#answers.size <= this.#max) break
      this.#answers.delete(oldest)
    }
    return answer
  }
}

/** Questions may be long. */
const keyOf = (question: string): string => createHash('sha256').update(question).digest('base64')
