import type { DemonstrateConfig } from '@chiron/core/kinds'

/** Whether a task's films are looked through for the body, too; tasks of other kinds have no films. */
export const asksForBody = (config: unknown): boolean =>
  (config as Partial<DemonstrateConfig>).keypoints === 'hands-and-body'
