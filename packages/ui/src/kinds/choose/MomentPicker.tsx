import { Button } from '../../controls/Button.tsx'
import { Icon } from '../../controls/Icon.tsx'
import { IconButton } from '../../controls/IconButton.tsx'
import { useI18n } from '../../i18n/context.tsx'
import { formatClipTime } from '../../i18n/formats.ts'

type MomentPickerProps = {
  /** Where the clip stands. */
  nowMs: number
  momentMs: number | undefined
  onMoment: (momentMs: number | null) => void
  /** Go and look at it. */
  onShow: (momentMs: number) => void
}

/** Where in the clip it happens: takes the place the clip stands at. */
export function MomentPicker({ nowMs, momentMs, onMoment, onShow }: MomentPickerProps) {
  const { t } = useI18n()
  if (momentMs === undefined) {
    return (
      <div class="moment">
        <p class="field-hint">{t('ui.choose.momentHint')}</p>
        <Button icon="pin" size="touch" wide onClick={() => onMoment(nowMs)}>
          {t('ui.choose.momentMark')}
          <bdi class="figure quiet"> {formatClipTime(nowMs, 1)}</bdi>
        </Button>
      </div>
    )
  }
  return (
    <div class="moment moment-set">
      <button type="button" class="moment-place" onClick={() => onShow(momentMs)}>
        <Icon name="pin" />
        <span>{t('ui.choose.momentMarked', { time: formatClipTime(momentMs, 1) })}</span>
      </button>
      <IconButton
        icon="close"
        size="touch"
        label={t('ui.choose.momentClear')}
        onClick={() => onMoment(null)}
      />
    </div>
  )
}
