import type { CompareAnswer, CompareWinner, ShownCompareConfig } from '@chiron/core/kinds'
import { COMPARE_WINNERS, MAX_WHY } from '@chiron/core/kinds'
import type { Term } from '@chiron/core/ontology'
import type { ComponentChildren } from 'preact'
import { ActionBar } from '../../controls/AppBar.tsx'
import { Button } from '../../controls/Button.tsx'
import { ChoiceList } from '../../controls/ChoiceList.tsx'
import { Slider } from '../../controls/Slider.tsx'
import { useI18n, useLocalized } from '../../i18n/context.tsx'
import { type PairedClip, PairPlayer } from '../../player/PairPlayer.tsx'

type Progress = NonNullable<CompareAnswer['progress']>

/** What is chosen so far; without a winner, or with progress said of one robot alone, it is not an answer yet. */
export type CompareDraft = Omit<Partial<CompareAnswer>, 'progress'> & { progress?: Partial<Progress> }

type CompareAskProps = {
  config: ShownCompareConfig
  /** Terms the config names; others are ignored. */
  terms: readonly Term[]
  /** What both robots were told to do. */
  instruction: string
  /** Left and right, as they were thrown; shown as A and B. */
  clips: readonly [PairedClip, PairedClip]
  draft: CompareDraft
  onDraft: (draft: CompareDraft) => void
  onSend: (answer: CompareAnswer) => void
  sending?: boolean
  /** Beside the send button: pay and time. */
  note?: ComponentChildren
}

/** Asks which of two robots did better: both clips on one clock, four answers, why, and how far each came. */
export function CompareAsk(props: CompareAskProps) {
  const { config, terms, instruction, clips, draft, onDraft, onSend, sending, note } = props
  const { t } = useI18n()
  const localized = useLocalized()
  const why = draft.why ?? []
  const reasons = config.whyTermIds.map((termId) => ({
    value: termId,
    label: localized(terms.find(({ id }) => id === termId)?.label) || termId,
    disabled: why.length >= MAX_WHY && !why.includes(termId),
  }))
  const answer = answerIn(draft)
  const missingCount = (draft.winner === undefined ? 1 : 0) + (isHalf(draft) ? 1 : 0)
  const [first, second] = clips
  return (
    <div class="ask">
      <p class="ask-task" dir="auto">
        {instruction}
      </p>
      <PairPlayer
        clips={[
          { ...first, label: 'A' },
          { ...second, label: 'B' },
        ]}
      />
      <div class="ask-question">
        <h2 class="ask-prompt">{t('ui.compare.question')}</h2>
        <ChoiceList
          label={t('ui.compare.question')}
          choices={COMPARE_WINNERS.map((value) => ({ value, label: t(`ui.compare.${value}`) }))}
          value={draft.winner === undefined ? [] : [draft.winner]}
          onValue={([value]) => onDraft({ ...draft, winner: value as CompareWinner })}
          numberKeys
        />
      </div>
      {config.asksProgress && <HowFar draft={draft} onDraft={onDraft} />}
      {reasons.length > 0 && (
        <div class="ask-question">
          <h2 class="ask-prompt">
            {t('ui.compare.why')}
            <span class="field-optional"> · {t('ui.choose.optional')}</span>
          </h2>
          <ChoiceList
            label={t('ui.compare.why')}
            choices={reasons}
            value={why}
            onValue={(values) => onDraft({ ...draft, why: values })}
            many
          />
        </div>
      )}
      <ActionBar note={answer === undefined ? t('ui.choose.stillMissing', { n: missingCount }) : note}>
        <Button
          kind="primary"
          size="touch"
          wide
          busy={sending}
          disabled={answer === undefined}
          onClick={() => answer && onSend(answer)}
        >
          {t('ui.choose.send')}
        </Button>
      </ActionBar>
    </div>
  )
}

const isHalf = ({ progress }: CompareDraft): boolean =>
  (progress?.left === undefined) !== (progress?.right === undefined)

function answerIn(draft: CompareDraft): CompareAnswer | undefined {
  const { winner, why = [], progress } = draft
  if (winner === undefined || isHalf(draft)) return undefined
  const { left, right } = progress ?? {}
  return {
    winner,
    why: [...why],
    ...(left !== undefined && right !== undefined && { progress: { left, right } }),
  }
}

/** Where the thumb of a slider waits; nobody has said so. */
const MIDDLE = 50

/** How far each robot came; said for both or for neither, as one alone says nothing. */
function HowFar({ draft, onDraft }: Pick<CompareAskProps, 'draft' | 'onDraft'>) {
  const { t, percent } = useI18n()
  const { progress, ...others } = draft
  const sliders = [
    ['left', 'A'],
    ['right', 'B'],
  ] as const
  return (
    <div class="ask-question">
      <h2 class="ask-prompt">
        {t('ui.compare.progress')}
        <span class="field-optional"> · {t('ui.choose.optional')}</span>
      </h2>
      {sliders.map(([side, name]) => {
        const said = progress?.[side]
        return (
          <div class="ask-progress" key={side}>
            <span class="ask-progress-name">{name}</span>
            <Slider
              min={0}
              max={100}
              step={5}
              value={said ?? MIDDLE}
              onValue={(value) => onDraft({ ...draft, progress: { ...progress, [side]: value } })}
              isUnset={said === undefined}
              shown={said === undefined ? '–' : percent(said / 100)}
              label={t('ui.compare.progressOf', { name })}
            />
          </div>
        )
      })}
      {progress && (
        <Button kind="quiet" size="touch" onClick={() => onDraft(others)}>
          {t('ui.action.clear')}
        </Button>
      )}
    </div>
  )
}
