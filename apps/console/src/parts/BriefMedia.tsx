import { mediaPaths } from '@chiron/contract'
import { useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'

/** The picture or clip of success. What it is shows when it loads: a picture first, else a clip. */
export function BriefMedia({ mediaId }: { mediaId: string }) {
  const { t } = useI18n()
  const [kind, setKind] = useState<'picture' | 'clip' | 'none'>('picture')
  const src = mediaPaths.briefMedia(mediaId)
  if (kind === 'none') return <p class="quiet">{t('draft.exampleGone')}</p>
  if (kind === 'picture') {
    return <img class="brief-media" src={src} alt={t('draft.example')} onError={() => setKind('clip')} />
  }
  return (
    <video
      class="brief-media"
      src={src}
      controls
      muted
      loop
      playsInline
      preload="metadata"
      aria-label={t('draft.example')}
      onError={() => setKind('none')}
    />
  )
}
