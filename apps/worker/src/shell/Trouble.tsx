import { CallError } from '@chiron/client'
import { Refusal } from '@chiron/core/kit'
import { Button, ErrorNote, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'

type TroubleProps = {
  error: unknown
  action?: ComponentChildren
  /** Asks again; offered where another answer may come. */
  onRetry?: () => void
  tone?: 'bad' | 'attention'
}

/** What the server refused it refuses again; a link that broke, a server in trouble or too many tries pass. */
const mayPass = (error: unknown): boolean =>
  !(error instanceof CallError) || error.status === 0 || error.status === 429 || error.status >= 500

/** A request that failed, in the person's words: what happened, that nothing was lost, what to do next. */
export function Trouble({ error, action, onRetry, tone }: TroubleProps) {
  const { t, has } = useI18n()
  const code = error instanceof CallError || error instanceof Refusal ? error.code : 'unexpected'
  const known = has(`trouble.${code}`) ? code : 'unexpected'
  return (
    <ErrorNote
      tone={tone ?? (code === 'offline' ? 'attention' : 'bad')}
      happened={t(`trouble.${known}`)}
      lost={t('trouble.nothingLost')}
      next={t(has(`trouble.${known}.next`) ? `trouble.${known}.next` : 'trouble.unexpected.next')}
      action={action || (onRetry && mayPass(error) ? <Retry onRetry={onRetry} /> : undefined)}
      {...(code === 'offline' ? {} : { code })}
    />
  )
}

function Retry({ onRetry }: { onRetry: () => void }) {
  const { t } = useI18n()
  return (
    <Button size="touch" icon="refresh" onClick={onRetry}>
      {t('ui.action.retry')}
    </Button>
  )
}
