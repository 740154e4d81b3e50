import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import type { Tone } from './tone.ts'

type MeterProps = {
  label: ComponentChildren
  /** 0 to 1; null while the size of the work is unknown. */
  ratio: number | null
  /** Time left, shown when known. */
  leftMs?: number | null
  /** Replaces '42% done'. */
  valueText?: string
  tone?: Tone
}

/** Progress of one thing, with the time left. For anything that takes over two seconds. */
export function Meter({ label, ratio, leftMs, valueText, tone = 'neutral' }: MeterProps) {
  const { t, percent, duration } = useI18n()
  const name = useId()
  const done = ratio === null ? null : Math.min(1, Math.max(0, ratio))
  const value = valueText ?? (done === null ? t('ui.busy') : t('ui.meter.value', { percent: percent(done) }))
  const left = leftMs ? t('ui.meter.left', { duration: duration(leftMs) }) : null
  const text = left ? `${value} · ${left}` : value
  return (
    <div class={`meter meter-${tone}`}>
      <div class="meter-head">
        <span id={name}>{label}</span>
        <span class="meter-value">{text}</span>
      </div>
      <div
        class={done === null ? 'meter-track meter-unknown' : 'meter-track'}
        role="progressbar"
        aria-labelledby={name}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={done === null ? undefined : Math.round(done * 100)}
        aria-valuetext={text}
      >
        <div class="meter-fill" style={{ inlineSize: `${(done ?? 0.3) * 100}%` }} />
      </div>
    </div>
  )
}
