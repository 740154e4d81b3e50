import { CallError } from '@chiron/client'
import { ErrorNote, useI18n } from '@chiron/ui'
import type { ComponentChildren } from 'preact'

type TroubleProps = { error: unknown; action?: ComponentChildren; tone?: 'bad' | 'attention' }

/** A request that failed, in the person's words: what happened, that nothing was lost, what to do next. */
export function Trouble({ error, action, tone }: TroubleProps) {
  const { t, has } = useI18n()
  const code = error instanceof CallError ? error.code : 'unexpected'
  const known = has(`trouble.${code}`) ? code : 'unexpected'
  return (
    <ErrorNote
      tone={tone ?? (code === 'offline' ? 'attention' : 'bad')}
      happened={t(`trouble.${known}`)}
      lost={t('trouble.nothingLost')}
      next={t(has(`trouble.${known}.next`) ? `trouble.${known}.next` : 'trouble.unexpected.next')}
      action={action}
      {...(code === 'offline' ? {} : { code })}
    />
  )
}
