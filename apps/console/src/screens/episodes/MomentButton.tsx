import { formatClipTime, useI18n } from '@chiron/ui'

type MomentButtonProps = {
  fromMs: number
  /** Where it is a stretch. */
  toMs?: number
  /** Undefined where there is no clip to go to. */
  onMoment: ((momentMs: number) => void) | undefined
}

/** A moment of the clip, or a stretch of it, by its time; leads there. */
export function MomentButton({ fromMs, toMs = fromMs, onMoment }: MomentButtonProps) {
  const { t } = useI18n()
  const from = formatClipTime(fromMs, 1)
  const time = toMs > fromMs ? `${from}–${formatClipTime(toMs, 1)}` : from
  return (
    <button
      type="button"
      class="remark-moment figure"
      disabled={!onMoment}
      // What is seen is in what is heard, so that it can be asked for by voice.
      aria-label={t('faults.goTo', { time })}
      onClick={() => onMoment?.(fromMs)}
    >
      <bdi>{time}</bdi>
    </button>
  )
}
