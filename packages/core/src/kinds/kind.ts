import type { z } from 'zod'
import { assert } from '../kit/index.ts'

/** Something wrong with an answer or a config. `field` is the path to it, dots between, '' for the whole. */
export type KindFault = { code: string; field: string; why: string }

/** What one answer says about one question: a vote that consensus counts. */
export type AnswerLabel = { question: string; label: string }

/** The labels a question can have, in the order of the config. */
export type LabelSet = { question: string; labels: string[] }

/**
 * What becomes of a kind's answers: recordings that become episodes, answers that are weighed against each other until
 * there is a verdict, or answers that are counted, each by itself.
 */
export type Settling = 'recording' | 'consensus' | 'count'

/**
 * One way of asking, for code that does not care which. Configs and answers come as they were stored or
 * sent; every function parses what it is given.
 * - `configFaults` why a campaign with this config cannot be published; empty when it can.
 * - `shownConfig` what of a config a worker is told: all of it, but for kinds that are blind.
 * - `answerFaults` why an answer cannot be taken; empty when it can. Same code on phone and server.
 * - `labels`, `labelSets`, `verdictQuestion` how answers become consensus labels; no labels and no verdict
 *   question where answers are recordings. They want a config and an answer without faults.
 */
export type Kind = {
  readonly name: string
  readonly settles: Settling
  readonly configFaults: (config: unknown) => KindFault[]
  readonly shownConfig: (config: unknown) => Record<string, unknown>
  readonly answerFaults: (config: unknown, answer: unknown) => KindFault[]
  readonly labels: (config: unknown, answer: unknown) => AnswerLabel[]
  readonly labelSets: (config: unknown) => LabelSet[]
  readonly verdictQuestion: (config: unknown) => string | null
}

export type KindParts<Config, Answer> = {
  name: string
  settles: Settling
  configSchema: z.ZodType<Config>
  answerSchema: z.ZodType<Answer>
  checkConfig: (config: Config) => KindFault[]
  checkAnswer: (config: Config, answer: Answer) => KindFault[]
  shownConfig?: (config: Config) => Record<string, unknown>
  labels: (config: Config, answer: Answer) => AnswerLabel[]
  labelSets: (config: Config) => LabelSet[]
  verdictQuestion: (config: Config) => string | null
}

export function defineKind<Config, Answer>(parts: KindParts<Config, Answer>): Kind {
  const config = (value: unknown): Config => parsed(parts.configSchema, value, `${parts.name} config`)
  return {
    name: parts.name,
    settles: parts.settles,
    configFaults: (value) => {
      const reading = parts.configSchema.safeParse(value)
      return reading.success ? parts.checkConfig(reading.data) : malformed('config-malformed', reading.error)
    },
    shownConfig: (value) =>
      parts.shownConfig ? parts.shownConfig(config(value)) : (value as Record<string, unknown>),
    answerFaults: (configValue, value) => {
      const reading = parts.answerSchema.safeParse(value)
      if (!reading.success) return malformed('answer-malformed', reading.error)
      return parts.checkAnswer(config(configValue), reading.data)
    },
    labels: (configValue, value) =>
      parts.labels(config(configValue), parsed(parts.answerSchema, value, `${parts.name} answer`)),
    labelSets: (value) => parts.labelSets(config(value)),
    verdictQuestion: (value) => parts.verdictQuestion(config(value)),
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const reading = schema.safeParse(value)
  assert(reading.success, `a stored ${what} has the right shape`)
  return reading.data
}

function malformed(code: string, error: z.ZodError): KindFault[] {
  return error.issues.map((issue) => ({ code, field: issue.path.map(String).join('.'), why: issue.message }))
}
