import { Refusal, type WorkspaceId } from '@chiron/core/kit'
import { type Ctx, inWorkspace } from '../../platform/context.ts'
import { isWhole, type StagedUpload, type Staging } from './staging.ts'
import { takeFile } from './take-file.ts'
import type { UploadLeases } from './upload-leases.ts'

/** Where uploads lie, and the lease that says who is at one. */
export interface Uploads {
  staging: Staging
  leases: UploadLeases
}

/**
 * Promotes a staged upload that is whole into the encrypted store, unless another process does it or has done it.
 * Repeatable: a server that dies half-way does it again at the next look (HEAD) or sweep. A file that is not what was
 * announced is dropped and refused. False when others were at the upload all the time.
 */
export function acceptUpload(
  ctx: Ctx,
  { staging, leases }: Uploads,
  uploadId: string,
  waitMs?: number,
): Promise<boolean> {
  const promoteNow = async (): Promise<void> => {
    const upload = await staging.find(uploadId)
    if (upload && isWhole(upload)) await promote(ctx, staging, upload)
  }
  return leases.hold(uploadId, promoteNow, waitMs)
}

async function promote(ctx: Ctx, staging: Staging, upload: StagedUpload): Promise<void> {
  const [kind, id = null] = upload.owner.split(':')
  try {
    await takeFile(inWorkspace(ctx, upload.workspaceId as WorkspaceId), {
      file: upload.file,
      uploadId: upload.id,
      purpose: upload.purpose,
      sha256: upload.sha256,
      workerId: kind === 'worker' ? id : null,
      memberId: kind === 'member' ? id : null,
    })
  } catch (cause) {
    const isKept = !(cause instanceof Refusal) || cause.code === 'disk-full'
    if (!isKept) await staging.drop(upload.id)
    throw cause
  }
  await staging.drop(upload.id)
}
