import type { KindName } from '@chiron/contract'
import { Icon, useI18n } from '@chiron/ui'
import { useEffect, useRef, useState } from 'preact/hooks'
import { savesData } from './data-use.ts'

type ExampleMediaProps = {
  url: string | null
  type: string | null
  kind: KindName
  /** A quiet first picture in a list; otherwise it plays by itself, without sound, unless data is dear. */
  isSmall?: boolean
}

/** What success looks like, as the team showed it; a picture of the kind where there is none. */
export function ExampleMedia({ url, type, kind, isSmall = false }: ExampleMediaProps) {
  const { t } = useI18n()
  const [isBroken, setBroken] = useState(false)
  const calm = isSmall || savesData() || matchMedia('(prefers-reduced-motion: reduce)').matches
  if (url === null || isBroken) {
    if (!isSmall) return null
    return (
      <div class="example example-small example-none" aria-hidden="true">
        <Icon name={kind === 'demonstrate' ? 'video' : 'eye'} size={28} />
      </div>
    )
  }
  const className = isSmall ? 'example example-small' : 'example'
  if (type?.startsWith('image/')) {
    return (
      <img
        class={className}
        src={url}
        alt={isSmall ? '' : t('brief.example')}
        onError={() => setBroken(true)}
      />
    )
  }
  return (
    <Clip url={url} className={className} calm={calm} isSmall={isSmall} onBroken={() => setBroken(true)} />
  )
}

type ClipProps = { url: string; className: string; calm: boolean; isSmall: boolean; onBroken: () => void }

function Clip({ url, className, calm, isSmall, onBroken }: ClipProps) {
  const { t } = useI18n()
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (!calm) void video.current?.play().catch(() => undefined)
  }, [calm, url])
  return (
    <video
      ref={video}
      class={className}
      src={isSmall ? `${url}#t=0.1` : url}
      muted
      playsInline
      loop
      preload={calm ? 'metadata' : 'auto'}
      controls={calm && !isSmall}
      {...(isSmall ? { 'aria-hidden': 'true', tabIndex: -1 } : { 'aria-label': t('brief.example') })}
      onError={onBroken}
    />
  )
}
