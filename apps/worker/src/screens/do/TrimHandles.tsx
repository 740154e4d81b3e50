import { formatClipTime, useI18n } from '@chiron/ui'
import type { Cut } from './judge-cut.ts'

type TrimHandlesProps = {
  durationMs: number
  /** The handles come no closer than this. */
  minMs: number
  cut: Cut
  onCut: (cut: Cut) => void
}

const STEP_MS = 100
/** A take that barely reaches the limit can still be cut a little. */
const CLOSEST_MS = 500

/** Two handles on the clip's time: what is left of the first and right of the second stays on the phone. */
export function TrimHandles({ durationMs, minMs, cut, onCut }: TrimHandlesProps) {
  const { t, duration } = useI18n()
  // In whole steps of the clip's length: else the last one would end before the clip does.
  const steps = Math.max(1, Math.round(durationMs / STEP_MS))
  const apartMs = Math.min(minMs, Math.max(CLOSEST_MS, durationMs - 2 * CLOSEST_MS))
  const share = (timeMs: number) => `${(timeMs / durationMs) * 100}%`
  const from = (value: number) => onCut({ ...cut, fromMs: Math.max(0, Math.min(value, cut.toMs - apartMs)) })
  const to = (value: number) =>
    onCut({ ...cut, toMs: Math.min(durationMs, Math.max(value, cut.fromMs + apartMs)) })
  const slider = (name: 'from' | 'to', value: number, set: (value: number) => void) => (
    <input
      type="range"
      class={`trim-range trim-${name}`}
      min={0}
      max={steps}
      value={Math.round((value / durationMs) * steps)}
      aria-label={t(`trim.${name}`)}
      aria-valuetext={formatClipTime(value)}
      onInput={(event) => set(Math.round((Number(event.currentTarget.value) / steps) * durationMs))}
    />
  )
  return (
    <section class="trim" aria-label={t('trim.title')}>
      <div class="trim-head">
        <span>{t('trim.title')}</span>
        <span class="figure">{t('trim.keeps', { length: duration(cut.toMs - cut.fromMs) })}</span>
      </div>
      <div class="trim-track" dir="ltr">
        <div class="trim-away" style={{ insetInlineStart: 0, inlineSize: share(cut.fromMs) }} />
        <div
          class="trim-kept"
          style={{ insetInlineStart: share(cut.fromMs), inlineSize: share(cut.toMs - cut.fromMs) }}
        />
        <div class="trim-away" style={{ insetInlineEnd: 0, inlineSize: share(durationMs - cut.toMs) }} />
        {slider('from', cut.fromMs, from)}
        {slider('to', cut.toMs, to)}
      </div>
    </section>
  )
}
