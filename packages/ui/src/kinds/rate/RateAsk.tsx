import { type RateAnswer, ratingOf, type ShownRateConfig } from '@chiron/core/kinds'
import type { ComponentChildren } from 'preact'
import { ActionBar } from '../../controls/AppBar.tsx'
import { Button } from '../../controls/Button.tsx'
import { useI18n } from '../../i18n/context.tsx'
import type { Clip } from '../../player/ClipFrame.tsx'
import { ClipPlayer } from '../../player/ClipPlayer.tsx'
import type { ClipTiming } from '../../player/use-playback.ts'
import { ScaleQuestion } from './ScaleQuestion.tsx'

type RateAskProps = {
  config: ShownRateConfig
  /** What the robot was told to do. */
  instruction: string
  clip: Clip
  timing: ClipTiming
  /** The draft, kept by the app so that a killed tab loses nothing. */
  answer: RateAnswer
  onAnswer: (answer: RateAnswer) => void
  onSend: (answer: RateAnswer) => void
  /** Where an example of an end of a scale lies. */
  exampleUrl: (mediaId: string) => string
  /** Beside the send button: pay and time. */
  note?: ComponentChildren
}

/** Asks how well a robot did, scale by scale, each from 1 to 5 with words and examples at its ends. */
export function RateAsk(props: RateAskProps) {
  const { config, instruction, clip, timing, answer, onAnswer, onSend, exampleUrl, note } = props
  const { t } = useI18n()
  const open = config.scales.filter(({ termId }) => ratingOf(answer, termId) === undefined)
  return (
    <div class="ask">
      <p class="ask-task" dir="auto">
        {instruction}
      </p>
      <ClipPlayer clip={clip} {...timing} />
      {config.scales.map((scale) => (
        <ScaleQuestion
          key={scale.termId}
          scale={scale}
          rating={ratingOf(answer, scale.termId)}
          onRating={(rating) =>
            onAnswer({ ...answer, ratings: { ...answer.ratings, [scale.termId]: rating } })
          }
          exampleUrl={exampleUrl}
        />
      ))}
      <ActionBar note={open.length > 0 ? t('ui.choose.stillMissing', { n: open.length }) : note}>
        <Button kind="primary" size="touch" wide disabled={open.length > 0} onClick={() => onSend(answer)}>
          {t('ui.choose.send')}
        </Button>
      </ActionBar>
    </div>
  )
}
