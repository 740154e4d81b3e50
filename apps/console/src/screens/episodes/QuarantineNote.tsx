import type { EpisodeDetail } from '@chiron/contract'
import { ErrorNote, formatClipTime, useI18n } from '@chiron/ui'

type QuarantineNoteProps = { quarantine: NonNullable<EpisodeDetail['quarantine']>; mayLook: boolean }

/** Where the server saw a face in a recording, who may look, and what ends it. */
export function QuarantineNote({ quarantine, mayLook }: QuarantineNoteProps) {
  const { t } = useI18n()
  const { fromMs, toMs } = quarantine
  return (
    <ErrorNote
      tone="attention"
      happened={t('quarantine.happened', { from: formatClipTime(fromMs, 1), to: formatClipTime(toMs, 1) })}
      next={t(mayLook ? 'quarantine.look' : 'quarantine.hidden')}
    />
  )
}
