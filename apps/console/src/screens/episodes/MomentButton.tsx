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
  return (
    <button
      type="button"
      class="remark-moment figure"
      disabled={!onMoment}
      aria-label={t('faults.goTo', { time: from })}
      onClick={() => onMoment?.(fromMs)}
    >
      <bdi>
        {from}
        {toMs > fromMs ? `–${formatClipTime(toMs, 1)}` : ''}
      </bdi>
    </button>
  )
}
