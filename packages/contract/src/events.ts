import { z } from 'zod'

/** Server-sent events: one a record, so that a screen knows when it is stale. Members get their workspace's, workers their own. */
export const EVENTS_PATH = '/api/events'
export const liveEvent = z.object({
  id: z.string(),
  action: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
})
export type LiveEvent = z.infer<typeof liveEvent>
