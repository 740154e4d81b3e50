import { CallError } from '@chiron/client'
import { Button, ErrorNote, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'

type TroubleProps = { error: unknown; action?: ComponentChildren; onRetry?: () => void }

/** A request that failed: what happened, that nothing was lost, what to do next. */
export function Trouble({ error, action, onRetry }: TroubleProps) {
  const { t, has, locale } = useI18n()
  const code = error instanceof CallError ? error.code : 'unexpected'
  const own = `trouble.${code}`
  // The server speaks English and knows more than a code does.
  const isExact = locale.startsWith('en') && error instanceof CallError && code !== 'offline'
  const happened = isExact ? error.message : has(own) ? t(own) : t('trouble.unexpected')
  return (
    <ErrorNote
      tone={code === 'offline' ? 'attention' : 'bad'}
      happened={happened}
      lost={t('trouble.nothingLost')}
      {...(has(`${own}.next`) ? { next: t(`${own}.next`) } : {})}
      action={
        action ??
        (onRetry && (
          <Button icon="refresh" onClick={onRetry}>
            {t('ui.action.retry')}
          </Button>
        ))
      }
      {...(code === 'offline' ? {} : { code })}
    />
  )
}
