import { Button, EmptyState, Skeleton, useI18n } from '@chiron/ui'
import { useEffect, useState } from 'preact/hooks'
import { useOnline } from '../../shell/use-online.ts'

/** Longer than this and it is said that the answer is safe here. */
const SLOW_MS = 2_500

/** Between an answer and the next clip. Without a link: the answer is saved, the next one comes later. */
export function NextComes() {
  const { t } = useI18n()
  const online = useOnline()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [])
  if (online && !slow) {
    return (
      <div class="stack" role="status" aria-label={t('do.nextComes')}>
        <Skeleton height={240} />
        <Skeleton height={56} />
        <Skeleton height={56} />
      </div>
    )
  }
  return (
    <EmptyState
      icon="saved"
      title={t('do.savedTitle')}
      action={
        <Button size="touch" href="/">
          {t('brief.toInbox')}
        </Button>
      }
    >
      {t('do.savedText')}
    </EmptyState>
  )
}
