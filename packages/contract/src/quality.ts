import { z } from 'zod'
import { route } from './route.ts'
import { done, id, instant, page, pageQuery } from './wire.ts'

/** A share, 0 to 1, with its 95% interval and the number of cases it rests on. */
export const measuredShare = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.int() })
export type MeasuredShare = z.infer<typeof measuredShare>

/** One bar of the calibration plot: answers were `confidence` sure in the mean, and right this often. */
export const calibrationBin = z.object({
  from: z.number(),
  to: z.number(),
  confidence: z.number(),
  right: measuredShare,
})

/** How a campaign’s questions are judged: figures over its latest settled questions, each with its n. */
export const judgement = z.object({
  campaignId: id,
  /** The labels of the question that decides, in the order of the campaign. Empty where nobody is asked. */
  labels: z.array(z.string()),
  /** Settled questions that the figures rest on; no more than the latest of them are counted. */
  settledCount: z.int(),
  isCapped: z.boolean(),
  answers: z.object({ regular: z.int(), gold: z.int(), goldRatio: z.number() }),
  /** Against asking everybody the most that the flow may ask. */
  saved: z.object({ boughtCount: z.int(), mostCount: z.int(), ratio: z.number() }).nullable(),
  /** `asked`: the flow’s bar; `now`: raised by the guard where audits changed too often. */
  bar: z
    .object({ asked: z.number(), now: z.number(), auditCount: z.int(), changedCount: z.int() })
    .nullable(),
  /** Against answers that a member stated or settled. Null before there is one. */
  calibration: z
    .object({ n: z.int(), error: z.number(), right: measuredShare, bins: z.array(calibrationBin) })
    .nullable(),
  /** Krippendorff’s alpha, nominal, with a bootstrap interval over questions. Null where nothing can be compared. */
  agreement: z
    .object({
      alpha: z.number(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      taskCount: z.int(),
      answerCount: z.int(),
    })
    .nullable(),
  gold: z.object({ readyCount: z.int(), statedCount: z.int(), usedCount: z.int() }),
  /** Pseudonyms of workers whose answers copy each other: each group has one voice. */
  copiers: z.array(z.array(z.string())),
  fittedAt: instant.nullable(),
})
export type Judgement = z.infer<typeof judgement>

/** What the answers of one worker are worth, by pseudonym. */
export const judgedWorker = z.object({
  workerId: id,
  pseudonym: z.string(),
  answerCount: z.int(),
  /** Right answers to expect, by what the answers of all say. */
  right: measuredShare.nullable(),
  /** On questions with a known answer: gold, and those a member settled. */
  onKnown: measuredShare.nullable(),
  /** Expected counts: how often they said which (column) when which was true (row), in the order of the labels. */
  confusion: z.array(z.array(z.number())),
  isCopier: z.boolean(),
})
export type JudgedWorker = z.infer<typeof judgedWorker>

/** A question with what was believed of it and, where a member said so, what is true. */
export const judgedTask = z.object({
  taskId: id,
  episodeId: id.nullable(),
  state: z.enum(['open', 'done', 'stopped']),
  label: z.string().nullable(),
  probability: z.number().nullable(),
  by: z.enum(['consensus', 'checks', 'member']).nullable(),
  /** What the answers alone led to, and how sure they were: what calibration is measured by. */
  leading: z.string().nullable(),
  leadingProbability: z.number().nullable(),
  answerCount: z.int(),
  knownLabel: z.string().nullable(),
  /** Made gold, and how often it was asked as gold. */
  goldUseCount: z.int().nullable(),
  isGoldRetired: z.boolean(),
})
export type JudgedTask = z.infer<typeof judgedTask>

const campaignId = z.object({ campaignId: id })

export const qualityRoutes = {
  judgement: route({
    method: 'GET',
    path: '/api/campaigns/:campaignId/judgement',
    who: 'member',
    summary: 'How a campaign’s questions are judged: calibration, answers saved, agreement, gold.',
    params: campaignId,
    reply: judgement,
  }),
  judgedWorkers: route({
    method: 'GET',
    path: '/api/campaigns/:campaignId/judgement/workers',
    who: 'member',
    summary: 'What the answers of each worker are worth, with their confusion matrix.',
    params: campaignId,
    query: pageQuery,
    reply: page(judgedWorker),
  }),
  judgedTasks: route({
    method: 'GET',
    path: '/api/campaigns/:campaignId/judgement/tasks',
    who: 'member',
    summary: 'The questions behind the figures, newest first.',
    params: campaignId,
    query: pageQuery.extend({
      show: z.enum(['all', 'open', 'settled', 'known', 'gold']).default('all'),
    }),
    reply: page(judgedTask),
  }),
  stateAnswer: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/judgement/tasks/:taskId/answer',
    who: 'member',
    summary: 'State the answer of a question: an open one is settled by it, and it teaches who answers well.',
    params: campaignId.extend({ taskId: id }),
    body: z.object({ label: z.string().max(100) }),
    reply: judgedTask,
  }),
  retireGold: route({
    method: 'POST',
    path: '/api/campaigns/:campaignId/judgement/tasks/:taskId/retire-gold',
    who: 'member',
    summary: 'Ask nobody any more about this question as gold.',
    params: campaignId.extend({ taskId: id }),
    reply: done,
  }),
}
