import { Refusal } from '@chiron/core/kit'
import type { Deps } from '../../platform/context.ts'

/**
 * Runs the write that enters a stored blob and says whether it did. Bytes that certainly have no entry (refused, or
 * false) are erased. After any other failure nobody can know, for a line may break at the commit: then they stay, and
 * are entered or a stray.
 */
export async function enterBlob(
  { blobs }: Deps,
  blob: { id: string; workspaceId: string },
  enter: () => Promise<boolean>,
): Promise<void> {
  let isEntered: boolean
  try {
    isEntered = await enter()
  } catch (cause) {
    if (cause instanceof Refusal) await blobs.erase(blob)
    throw cause
  }
  if (!isEntered) await blobs.erase(blob)
}
