import { attachSight, openTakes, type Redacted } from '@chiron/capture'
import { newId } from '@chiron/client'
import type { Lease } from '@chiron/contract'
import { calibrationById, scaleById } from '../../data/calibrations.ts'
import { noteFilmed } from '../../data/forget-filmed.ts'
import { addToOutbox } from '../../data/outbox.ts'
import { deviceFacts } from './device-facts.ts'
import { keepOnly } from './lease-takes.ts'

/** `isHeld`: it waits on the device until it is let go. */
type Sending = { result: Redacted; lease: Lease; activeMs: number; isHeld: boolean }

/**
 * Hands the film that the person approved to the outbox; resolves to the submission's id once it is safe on the device.
 * The take as filmed stays here until the answer is decided, and goes nowhere.
 */
export async function sendTake({ result, lease, activeMs, isHeld }: Sending): Promise<string> {
  const take = await attachSight(result.take, result)
  const id = newId()
  const calibration = calibrationById(take.context.calibrationId)
  const scale = scaleById(take.context.scaleId)
  const { sha256, bytes, durationMs, recordedAt, trim } = take
  await addToOutbox({
    id,
    leaseId: lease.id,
    activeMs,
    takeFile: take.name,
    totalBytes: bytes,
    isHeld,
    uploadMetadata: { purpose: 'episode', sha256, campaignId: lease.campaignId },
    answer: {
      sha256,
      bytes,
      durationMs,
      recordedAt,
      device: deviceFacts(take),
      trim: { fromMs: trim.fromMs, toMs: trim.toMs },
      phoneFaults: take.verdict.faults,
      ...(calibration ? { calibration } : {}),
      ...(scale ? { scale } : {}),
      redaction: { ...result.redaction, approvedAt: new Date().toISOString() },
    },
  })
  const filmedId = take.context.resultOf ?? ''
  await (await openTakes()).note(filmedId, { sentAs: id }).catch(() => undefined)
  noteFilmed(id)
  await keepOnly(lease.id, [take.takeId, filmedId]).catch(() => undefined)
  return id
}
