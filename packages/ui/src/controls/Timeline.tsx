import type { ComponentChildren } from 'preact'
import { useI18n } from '../i18n/context.tsx'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'
import type { Tone } from './tone.ts'

export type TimelineEntry = {
  id: string
  at: Date | string | number
  title: ComponentChildren
  icon: IconName
  tone?: Tone
  /** Who did it. */
  who?: string
  /** What it rests on: hashes, links, reasons. */
  detail?: ComponentChildren
}

/** What happened to a thing, oldest first: records, provenance from consent to release. */
export function Timeline({ entries, label }: { entries: readonly TimelineEntry[]; label: string }) {
  const { t, dateTime } = useI18n()
  if (entries.length === 0) return <p class="quiet">{t('ui.timeline.empty')}</p>
  return (
    <ol class="timeline" aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.id} class={`timeline-entry tone-${entry.tone ?? 'neutral'}`}>
          <span class="timeline-icon">
            <Icon name={entry.icon} size={16} />
          </span>
          <div class="timeline-body">
            <p class="timeline-title">{entry.title}</p>
            <p class="timeline-meta">
              <time dateTime={new Date(entry.at).toISOString()}>{dateTime(entry.at)}</time>
              {entry.who && ` · ${entry.who}`}
            </p>
            {entry.detail && <div class="timeline-detail">{entry.detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}
