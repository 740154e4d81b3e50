import type { ComponentChildren } from 'preact'
import { Icon } from '../controls/Icon.tsx'
import { type Tone, toneIcons } from '../controls/tone.ts'
import { useI18n } from '../i18n/context.tsx'

export type BarListRow = {
  id: string
  label: string
  value: number
  /** Written instead of the number: money, time. */
  shown?: ComponentChildren
  tone?: Tone
  href?: string
}

type BarListProps = {
  label: string
  rows: readonly BarListRow[]
  /** The bar's full length; default the greatest value. */
  max?: number
}

/** Amounts side by side, longest as given: reasons, scenes, costs. */
export function BarList({ label, rows, max }: BarListProps) {
  const { number } = useI18n()
  const whole = max ?? rows.reduce((most, row) => Math.max(most, row.value), 0)
  return (
    <figure class="chart" aria-label={label}>
      {rows.map((row) => {
        const tone = row.tone ?? 'accent'
        return (
          <div key={row.id} class="chart-row">
            <span class="chart-label">
              {row.tone && row.tone !== 'neutral' && <Icon name={toneIcons[row.tone]} size={14} />}
              <bdi>{row.href ? <a href={row.href}>{row.label}</a> : row.label}</bdi>
            </span>
            <span class="bar-track" aria-hidden="true">
              <span
                class={`bar bar-${tone}`}
                style={{ inlineSize: `${whole > 0 ? (row.value / whole) * 100 : 0}%` }}
              />
            </span>
            <span class="chart-value figure">{row.shown ?? number(row.value)}</span>
          </div>
        )
      })}
    </figure>
  )
}
