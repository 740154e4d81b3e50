import { z } from 'zod'
import type { KindFault } from '../kind.ts'

/** Longest take that can be asked for, in seconds. */
export const MAX_TAKE_SECONDS = 600

/**
 * What a recording must be. `minHeight`: pixels of the shorter side. `fps`: frames a second of the
 * recording. `motion`: the phone's movement is recorded beside the picture, where the person allows it. `keypoints`: what the phone looks for in a finished take beside faces; hands where it is not said. `camera`: `environment` looks away from the person who holds the phone, `user` at them.
 */
export const demonstrateConfigSchema = z.object({
  minSeconds: z.number().min(0.5).max(MAX_TAKE_SECONDS),
  maxSeconds: z.number().min(1).max(MAX_TAKE_SECONDS),
  camera: z.enum(['environment', 'user']),
  orientation: z.enum(['landscape', 'portrait', 'any']),
  minHeight: z.int().min(120).max(2160),
  fps: z.int().min(10).max(60),
  motion: z.boolean().optional(),
  keypoints: z.enum(['hands', 'hands-and-body']).optional(),
})
export type DemonstrateConfig = z.infer<typeof demonstrateConfigSchema>

export function checkDemonstrateConfig(config: DemonstrateConfig): KindFault[] {
  if (config.minSeconds < config.maxSeconds) return []
  return [{ code: 'seconds-reversed', field: 'maxSeconds', why: 'the longest take must exceed the shortest' }]
}
