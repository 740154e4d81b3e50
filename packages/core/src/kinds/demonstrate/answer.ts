import { z } from 'zod'
import { calibrationSchema, cameraScaleSchema } from '../../camera/index.ts'
import { faultSchema, MAX_FAULTS } from '../../episode/index.ts'
import { redactionSchema } from '../../sight/index.ts'
import type { KindFault } from '../kind.ts'
import type { DemonstrateConfig } from './config.ts'

/** Largest recording that is taken, in bytes. */
export const MAX_TAKE_BYTES = 2 * 1024 ** 3

/** Cut points and container ticks may be this much off before a length is called wrong. */
const LENGTH_TOLERANCE_MS = 100

/**
 * A recording that was uploaded. `durationMs`: length of the uploaded file. `trim`: what was kept of the
 * take as filmed. `phoneFaults`: what the phone itself found (the server judges again).
 * `redaction`: what was taken out before it left the phone; absent from apps that could not yet.
 * `calibration`: the one in force while it was filmed, where the phone had one that fits. `scale`: likewise, of the plane
 * that a bank card lay on.
 */
export const demonstrateAnswerSchema = z.object({
  uploadId: z.string().min(1).max(200),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().min(1).max(MAX_TAKE_BYTES),
  durationMs: z.number().positive(),
  recordedAt: z.iso.datetime(),
  device: z.object({
    tier: z.enum(['low', 'middle', 'high']),
    userAgentFamily: z.string().max(60),
    width: z.int().positive().max(8192),
    height: z.int().positive().max(8192),
    fps: z.number().positive().max(240),
  }),
  trim: z.object({ fromMs: z.number().min(0), toMs: z.number().min(0) }),
  phoneFaults: z.array(faultSchema).max(MAX_FAULTS),
  redaction: redactionSchema.optional(),
  calibration: calibrationSchema.optional(),
  scale: cameraScaleSchema.optional(),
})
export type DemonstrateAnswer = z.infer<typeof demonstrateAnswerSchema>

/**
 * What the answer's own figures rule out. Pictures, rate and rotation are not believed from here: the
 * server reads them from the file.
 */
export function checkDemonstrateAnswer(config: DemonstrateConfig, answer: DemonstrateAnswer): KindFault[] {
  const faults: KindFault[] = []
  const { trim, durationMs } = answer
  if (trim.toMs <= trim.fromMs) {
    faults.push({ code: 'trim-reversed', field: 'trim', why: 'the cut ends before it begins' })
  } else if (Math.abs(trim.toMs - trim.fromMs - durationMs) > LENGTH_TOLERANCE_MS) {
    faults.push({ code: 'trim-mismatch', field: 'trim', why: 'the cut and the length of the file differ' })
  }
  if (durationMs < config.minSeconds * 1000 - LENGTH_TOLERANCE_MS) {
    faults.push({ code: 'too-short', field: 'durationMs', why: `shorter than ${config.minSeconds} s` })
  }
  if (durationMs > config.maxSeconds * 1000 + LENGTH_TOLERANCE_MS) {
    faults.push({ code: 'too-long', field: 'durationMs', why: `longer than ${config.maxSeconds} s` })
  }
  return faults
}
