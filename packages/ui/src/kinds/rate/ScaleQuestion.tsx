import { HIGHEST_RATING, LOWEST_RATING, type RateScale } from '@chiron/core/kinds'
import { useId, useState } from 'preact/hooks'
import { classNames } from '../../controls/class-names.ts'
import { Icon } from '../../controls/Icon.tsx'
import { useI18n, useLocalized } from '../../i18n/context.tsx'

const MARKS = Array.from({ length: HIGHEST_RATING - LOWEST_RATING + 1 }, (_, at) => LOWEST_RATING + at)

type ScaleQuestionProps = {
  scale: RateScale
  /** Null: it cannot be told; undefined: not answered yet. */
  rating: number | null | undefined
  onRating: (rating: number | null) => void
  exampleUrl: (mediaId: string) => string
}

/** One scale: five large marks in a row, what the ends and the middle mean, and a way to say that it cannot be told. */
export function ScaleQuestion({ scale, rating, onRating, exampleUrl }: ScaleQuestionProps) {
  const { t, number } = useI18n()
  const localized = useLocalized()
  const group = useId()
  const { anchors, examples } = scale
  const prompt = localized(scale.prompt)
  const words = [
    [LOWEST_RATING, localized(anchors.low)],
    [(LOWEST_RATING + HIGHEST_RATING) / 2, localized(anchors.middle)],
    [HIGHEST_RATING, localized(anchors.high)],
  ] as const
  const choice = (value: number | null, label: string, className?: string) => (
    <label key={label} class={classNames('choice', className, rating === value && 'choice-on')}>
      <input type="radio" name={group} checked={rating === value} onChange={() => onRating(value)} />
      <span class="choice-words">{label}</span>
      {value === null && (
        <span class="choice-mark" aria-hidden="true">
          <Icon name="check" size={16} />
        </span>
      )}
    </label>
  )
  return (
    <div class="ask-question">
      <h2 class="ask-prompt" dir="auto">
        {prompt}
      </h2>
      <div class="choices" role="radiogroup" aria-label={prompt}>
        <div class="rate-marks">{MARKS.map((mark) => choice(mark, number(mark), 'rate-mark'))}</div>
        <dl class="rate-anchors">
          {words
            .filter(([, text]) => text)
            .map(([mark, text]) => (
              <div key={mark}>
                <dt class="figure">{number(mark)}</dt>
                <dd dir="auto">{text}</dd>
              </div>
            ))}
        </dl>
        {choice(null, t('ui.rate.cannotTell'))}
      </div>
      {([LOWEST_RATING, HIGHEST_RATING] as const).map((mark) => {
        const mediaId = mark === LOWEST_RATING ? examples.low : examples.high
        return mediaId && <Example key={mark} mark={mark} url={exampleUrl(mediaId)} />
      })}
    </div>
  )
}

/** A clip or a picture of one end, loaded when somebody wants to see it. */
function Example({ mark, url }: { mark: number; url: string }) {
  const { t, number } = useI18n()
  const [isOpen, setOpen] = useState(false)
  const [isPicture, setPicture] = useState(false)
  const label = t('ui.rate.example', { mark: number(mark) })
  return (
    <details class="ask-note" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{label}</summary>
      {isOpen &&
        (isPicture ? (
          <img class="rate-example" src={url} alt={label} />
        ) : (
          <video
            class="rate-example"
            src={url}
            controls
            muted
            loop
            playsInline
            preload="metadata"
            aria-label={label}
            onError={() => setPicture(true)}
          />
        ))}
    </details>
  )
}
