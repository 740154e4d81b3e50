import type { ComponentChildren } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { Icon } from './Icon.tsx'
import { toneIcons } from './tone.ts'

type ErrorNoteProps = {
  /** What happened, in one sentence. */
  happened: string
  /** That nothing was lost, or what was. */
  lost?: string
  /** What to do next. */
  next?: ComponentChildren
  action?: ComponentChildren
  /** The refusal's code, small, for whoever is asked for help. */
  code?: string
  /** 'attention' when the person can go on as they are. */
  tone?: 'bad' | 'attention' | 'information'
}

/** Something went wrong: what happened, what was lost, what to do next. */
export function ErrorNote({ happened, lost, next, action, code, tone = 'bad' }: ErrorNoteProps) {
  const { t } = useI18n()
  return (
    <div class={`note note-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={toneIcons[tone]} />
      <div class="note-body">
        <p class="note-title">{happened}</p>
        {lost && <p>{lost}</p>}
        {next && <p>{next}</p>}
        {action && <div class="note-action">{action}</div>}
        {code && <p class="note-code">{t('ui.error.code', { code })}</p>}
      </div>
    </div>
  )
}
