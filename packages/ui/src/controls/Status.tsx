import { useI18n } from '../i18n/context.tsx'
import type { IconName } from './icon-shapes.ts'
import { Tag } from './Tag.tsx'
import type { Tone } from './tone.ts'

const looks = {
  good: ['good', 'good'],
  attention: ['attention', 'attention'],
  bad: ['bad', 'bad'],
  draft: ['neutral', 'edit'],
  pending: ['neutral', 'waiting'],
  running: ['information', 'refresh'],
  live: ['good', 'record'],
  paused: ['attention', 'pause'],
  closed: ['neutral', 'lock'],
  review: ['information', 'review'],
  accepted: ['good', 'good'],
  returned: ['attention', 'undo'],
  rejected: ['bad', 'bad'],
  checking: ['information', 'refresh'],
  waiting: ['neutral', 'people'],
  arrived: ['neutral', 'inbox'],
  checked: ['information', 'check'],
  refused: ['bad', 'bad'],
  frozen: ['attention', 'lock'],
  erased: ['neutral', 'trash'],
  open: ['information', 'inbox'],
  done: ['good', 'check'],
  appealed: ['attention', 'flag'],
  paid: ['good', 'money'],
  saved: ['neutral', 'saved'],
  sent: ['good', 'sent'],
  failed: ['bad', 'attention'],
  withdrawn: ['neutral', 'close'],
  recalled: ['bad', 'flag'],
} as const satisfies Record<string, readonly [Tone, IconName]>

export type StatusName = keyof typeof looks

/** The state of a thing as icon and word, the same everywhere. `label` replaces the word, not the look. */
export function Status({ name, label }: { name: StatusName; label?: string }) {
  const { t } = useI18n()
  const [tone, icon] = looks[name]
  return (
    <Tag tone={tone} icon={icon}>
      {label ?? t(`ui.status.${name}`)}
    </Tag>
  )
}
