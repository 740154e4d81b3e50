import { Icon } from '../controls/Icon.tsx'
import { type Tone, toneIcons } from '../controls/tone.ts'
import { useI18n } from '../i18n/context.tsx'

export type ProgressPart = { id: string; label: string; count: number; tone: Tone; href?: string }

type StackedProgressProps = {
  label: string
  parts: readonly ProgressPart[]
  /** All there will be; what the parts leave is 'not yet'. */
  whole: number
}

/** How far something is and in which states: one bar, each part labelled below it. */
export function StackedProgress({ label, parts, whole }: StackedProgressProps) {
  const { t, number } = useI18n()
  const done = parts.reduce((sum, part) => sum + part.count, 0)
  const rest = Math.max(0, whole - done)
  const total = Math.max(whole, done, 1)
  // An empty part would still take the gap beside it, and what is complete would not look so.
  const shown = parts.filter(({ count }) => count > 0)
  return (
    <figure class="stacked" aria-label={label}>
      <div class="stacked-bar" aria-hidden="true">
        {shown.map((part) => (
          <span
            key={part.id}
            class={`stacked-part bar-${part.tone}`}
            style={{ inlineSize: `${(part.count / total) * 100}%` }}
          />
        ))}
      </div>
      <ul class="stacked-legend">
        {parts.map((part) => (
          <li key={part.id} class={`stacked-item tone-${part.tone}`}>
            <Icon name={toneIcons[part.tone]} size={14} />
            {part.href ? <a href={part.href}>{part.label}</a> : part.label}
            <span class="figure stacked-count">{number(part.count)}</span>
          </li>
        ))}
        {rest > 0 && (
          <li class="stacked-item quiet">
            {t('ui.chart.rest')} <span class="figure">{number(rest)}</span>
          </li>
        )}
      </ul>
    </figure>
  )
}
