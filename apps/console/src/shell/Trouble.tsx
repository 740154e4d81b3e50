import { CallError } from '@chiron/client'
import { Button, ErrorNote, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'

type TroubleProps = { error: unknown; action?: ComponentChildren; onRetry?: () => void }

/** A request that failed: what happened, that nothing was lost, what to do next. */
export function Trouble({ error, action, onRetry }: TroubleProps) {
  const { t, has } = useI18n()
  const happened = useTroubleWords()(error)
  const code = codeOf(error)
  const next = `trouble.${code}.next`
  return (
    <ErrorNote
      tone={code === 'offline' ? 'attention' : 'bad'}
      happened={happened}
      lost={t('trouble.nothingLost')}
      {...(has(next) ? { next: t(next) } : {})}
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

const codeOf = (error: unknown): string => (error instanceof CallError ? error.code : 'unexpected')

/** What happened, in one sentence of the person's language. */
export function useTroubleWords(): (error: unknown) => string {
  const { t, has, locale } = useI18n()
  return (error) => {
    const code = codeOf(error)
    // The server speaks English and knows more than a code does.
    const isExact = locale.startsWith('en') && error instanceof CallError && code !== 'offline'
    if (isExact) return error.message
    return has(`trouble.${code}`) ? t(`trouble.${code}`) : t('trouble.unexpected')
  }
}
