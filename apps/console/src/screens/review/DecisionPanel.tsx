import type { ReviewDetail } from '@chiron/contract'
import { Button, ChoiceList, Icon, KeyHint, useI18n, useKeys, useLocalized, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { useTroubleWords } from '../../shell/Trouble.tsx'
import { type Decision, holdDecision, sendDecision, takeBack } from './pending.ts'
import { SendBackForm } from './SendBackForm.tsx'

/** How long a decision can be taken back before it is sent. */
const UNDO_MS = 5_000

type DecisionPanelProps = {
  review: ReviewDetail
  /** Where in the clip one is. */
  momentNow: () => number
  onDecided: () => void
  onUndone: () => void
}

/** 1–9 chooses a label, a accepts, r returns, x rejects. Nothing is asked twice; five seconds take it back. */
export function DecisionPanel({ review, momentNow, onDecided, onUndone }: DecisionPanelProps) {
  const { t } = useI18n()
  const decide = useDecide(review, onDecided, onUndone)
  const [label, setLabel] = useState<string | null>(null)
  const [sendingBack, setSendingBack] = useState<'return' | 'reject' | null>(null)
  const isQuestion = review.submissionId === null
  const mayAccept = !isQuestion || label !== null
  const accept = () => {
    if (mayAccept) decide({ decision: 'accept', ...(label === null ? {} : { label }) })
  }
  useKeys(
    sendingBack
      ? [{ keys: 'Escape', label: t('ui.action.cancel'), run: () => setSendingBack(null), whileTyping: true }]
      : [
          { keys: 'a', label: t(isQuestion ? 'review.settle' : 'review.accept'), run: accept },
          ...(isQuestion
            ? []
            : [
                { keys: 'r', label: t('review.return'), run: () => setSendingBack('return') },
                { keys: 'x', label: t('review.reject'), run: () => setSendingBack('reject') },
              ]),
        ],
  )
  return (
    <section class="card decision" aria-label={t('review.decision')}>
      {sendingBack ? (
        <SendBackForm
          review={review}
          decision={sendingBack}
          momentNow={momentNow}
          onSend={decide}
          onCancel={() => setSendingBack(null)}
        />
      ) : (
        <>
          {review.labelChoices.length > 0 && (
            <Labels review={review} label={label} onLabel={setLabel} isQuestion={isQuestion} />
          )}
          <div class="decision-acts">
            <Button kind="primary" icon="check" disabled={!mayAccept} onClick={accept}>
              {t(isQuestion ? 'review.settle' : 'review.accept')} <KeyHint keys="a" />
            </Button>
            {!isQuestion && (
              <>
                <Button icon="undo" onClick={() => setSendingBack('return')}>
                  {t('review.return')} <KeyHint keys="r" />
                </Button>
                <Button icon="close" onClick={() => setSendingBack('reject')}>
                  {t('review.reject')} <KeyHint keys="x" />
                </Button>
              </>
            )}
          </div>
          {isQuestion && label === null && (
            <p class="quiet decision-why">
              <Icon name="information" size={14} /> {t('review.needsLabel')}
            </p>
          )}
        </>
      )}
    </section>
  )
}

type LabelsProps = {
  review: ReviewDetail
  label: string | null
  onLabel: (label: string | null) => void
  isQuestion: boolean
}

function Labels({ review, label, onLabel, isQuestion }: LabelsProps) {
  const { t } = useI18n()
  const localized = useLocalized()
  return (
    <>
      <h3 class="small-title">{t(isQuestion ? 'review.whichLabel' : 'review.whichLabelOptional')}</h3>
      <ChoiceList
        label={t('review.whichLabel')}
        numberKeys
        value={label === null ? [] : [label]}
        onValue={([chosen]) => onLabel(chosen ?? null)}
        choices={review.labelChoices.map(({ id, label: words }) => ({ value: id, label: localized(words) }))}
      />
    </>
  )
}

/** Decides here at once and on the server when the toast has gone. */
function useDecide(review: ReviewDetail, onDecided: () => void, onUndone: () => void) {
  const { t } = useI18n()
  const toast = useToast()
  const troubleWords = useTroubleWords()
  return (decision: Decision) => {
    const undo = () => {
      takeBack(review.id)
      onUndone()
    }
    const drop = toast({
      text: t(review.submissionId === null ? 'review.did.settle' : `review.did.${decision.decision}`),
      durationMs: UNDO_MS,
      onGone: () => void sendDecision(review.id),
      undo,
    })
    holdDecision(review.id, {
      body: decision,
      onRefused: (cause) => toast({ text: t('review.refused', { why: troubleWords(cause) }), tone: 'bad' }),
      undo: () => {
        drop()
        undo()
      },
    })
    onDecided()
  }
}
