import { Button, useI18n } from '@chiron/ui'
import { Trouble } from './Trouble.tsx'

/** Nothing can be shown at all: says why and tries again. */
export function TroubleScreen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useI18n()
  return (
    <div class="screen">
      <main class="screen-body stack">
        <Trouble
          error={error}
          action={
            <Button kind="primary" size="touch" icon="refresh" onClick={onRetry}>
              {t('ui.action.retry')}
            </Button>
          }
        />
      </main>
    </div>
  )
}
