import type { ReviewDetail } from '@chiron/contract'
import { TAKE_CRITERIA } from '@chiron/core/kinds'
import {
  Button,
  Field,
  formatClipTime,
  IconButton,
  KeyHint,
  Select,
  TextArea,
  useI18n,
  useKeys,
  useLocalized,
} from '@chiron/ui'
import { useState } from 'preact/hooks'
import type { Decision } from './pending.ts'

type SendBackFormProps = {
  review: ReviewDetail
  decision: 'return' | 'reject'
  momentNow: () => number
  onSend: (decision: Decision) => void
  onCancel: () => void
}

/** Why a take comes back: a published criterion, the moment, and a hint the worker reads (WR-12). */
export function SendBackForm({ review, decision, momentNow, onSend, onCancel }: SendBackFormProps) {
  const { t } = useI18n()
  const localized = useLocalized()
  const [reasonCode, setReason] = useState('')
  const [hint, setHint] = useState('')
  const [momentMs, setMoment] = useState<number | null>(null)
  const mark = () => setMoment(Math.round(momentNow()))
  const ready = reasonCode !== '' && hint.trim() !== '' && (decision === 'return' || momentMs !== null)
  const send = () => {
    if (!ready) return
    onSend({ decision, reasonCode, hint: hint.trim(), ...(momentMs === null ? {} : { momentMs }) })
  }
  useKeys([
    { keys: 'm', label: t('review.mark'), run: mark },
    { keys: 'mod+Enter', label: t(`review.send.${decision}`), run: send, whileTyping: true },
  ])
  const isFixable = TAKE_CRITERIA.find(({ code }) => code === reasonCode)?.isFixable ?? false
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <h3 class="card-title">{t(`review.${decision}Title`)}</h3>
      <Field label={t('review.reason')}>
        <Select
          value={reasonCode}
          placeholder={t('review.chooseReason')}
          onValue={(code) => {
            setReason(code)
            const words = localized(review.reasonCodes.find((reason) => reason.code === code)?.criterion)
            setHint((now) => (now === '' || isCriterion(review, now) ? words : now))
          }}
          options={review.reasonCodes.map(({ code, criterion }) => ({
            value: code,
            label: localized(criterion),
          }))}
          autofocus
        />
      </Field>
      {decision === 'reject' && isFixable && <p class="quiet">{t('review.fixable')}</p>}
      <Field label={t('review.hint')} hint={t('review.hintHint')}>
        <TextArea value={hint} rows={2} maxLength={500} onValue={setHint} />
      </Field>
      <div class="row">
        <Button icon="pin" onClick={mark}>
          {momentMs === null ? t('review.mark') : t('review.markedAt', { time: formatClipTime(momentMs, 1) })}{' '}
          <KeyHint keys="m" />
        </Button>
        {momentMs !== null && (
          <IconButton icon="close" label={t('ui.choose.momentClear')} onClick={() => setMoment(null)} />
        )}
        {decision === 'return' && momentMs === null && <span class="quiet">{t('ui.field.optional')}</span>}
      </div>
      <div class="decision-acts">
        <Button kind="primary" type="submit" disabled={!ready}>
          {t(`review.send.${decision}`)} <KeyHint keys="mod+Enter" />
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          {t('ui.action.cancel')} <KeyHint keys="Escape" />
        </Button>
      </div>
    </form>
  )
}

/** Whether the hint is still one that was filled in, not written. */
const isCriterion = (review: ReviewDetail, text: string): boolean =>
  review.reasonCodes.some(({ criterion }) => Object.values(criterion).includes(text))
