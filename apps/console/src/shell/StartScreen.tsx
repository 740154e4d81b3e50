import { Skeleton, useI18n } from '@chiron/ui'
import { Trouble } from './Trouble.tsx'

/** Before it is known who asks. */
export function StartScreen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useI18n()
  return (
    <main class="outside" aria-busy={error ? undefined : 'true'}>
      <div class="outside-card">
        {error ? (
          <Trouble error={error} onRetry={onRetry} />
        ) : (
          <div role="status" aria-label={t('app.loading')}>
            <Skeleton lines={4} />
          </div>
        )}
      </div>
    </main>
  )
}
