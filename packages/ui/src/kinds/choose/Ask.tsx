import {
  type ChooseAnswer,
  type ChooseConfig,
  type ChooseQuestion,
  keepVisibleChoices,
  MAX_NOTE_CHARACTERS,
  visibleQuestions,
} from '@chiron/core/kinds'
import type { Term } from '@chiron/core/ontology'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { ActionBar } from '../../controls/AppBar.tsx'
import { Button } from '../../controls/Button.tsx'
import { ChoiceList } from '../../controls/ChoiceList.tsx'
import { TextArea } from '../../controls/TextArea.tsx'
import { useI18n, useLocalized } from '../../i18n/context.tsx'
import type { Clip } from '../../player/ClipFrame.tsx'
import { ClipPlayer } from '../../player/ClipPlayer.tsx'
import { type ClipTiming, clockOf } from '../../player/use-playback.ts'
import { MomentPicker } from './MomentPicker.tsx'

type AskProps = {
  config: ChooseConfig
  /** Terms the config names; others are ignored. */
  terms: readonly Term[]
  /** What a robot was told to do, above its clip. */
  instruction?: string | undefined
  clip: Clip
  timing: ClipTiming
  /** The draft, kept by the app so that a killed tab loses nothing. */
  answer: ChooseAnswer
  onAnswer: (answer: ChooseAnswer) => void
  /** Sends the answer; without it the app shows its own button. */
  onSend?: () => void
  sending?: boolean
  /** A picture for a term id. */
  pictureOf?: (termId: string) => ComponentChildren
  /** Beside the send button: pay and time. */
  note?: ComponentChildren
}

/** Asks about a clip: the clip, the questions in the person's words, the moment where it went wrong. */
export function Ask(props: AskProps) {
  const { config, instruction, clip, timing, answer, onAnswer, onSend, sending, note } = props
  const { t } = useI18n()
  const [frame, setFrame] = useState(0)
  const [shownFrame, setShownFrame] = useState<number | undefined>(undefined)
  const clock = clockOf(timing)
  const visible = visibleQuestions(config, answer.choices)
  const open = openQuestions(config, answer)
  const active = visible.find((question) => answer.choices[question.id] === undefined) ?? visible.at(-1)
  const asksMoment = visible.some(({ id, termKind }) => termKind === 'failure' && answer.choices[id])
  const choose = (question: ChooseQuestion, termId: string | undefined) => {
    if (termId === undefined) return
    const choices = keepVisibleChoices(config, { ...answer.choices, [question.id]: termId })
    onAnswer({ ...answer, choices })
  }
  return (
    <div class="ask">
      {instruction && (
        <p class="ask-task" dir="auto">
          {instruction}
        </p>
      )}
      <ClipPlayer clip={clip} {...timing} currentFrame={shownFrame} onFrame={setFrame} />
      {visible.map((question) => (
        <Question
          key={question.id}
          question={question}
          chosen={answer.choices[question.id]}
          onChoose={(termId) => choose(question, termId)}
          numberKeys={question === active}
          terms={props.terms}
          pictureOf={props.pictureOf}
        />
      ))}
      {asksMoment && (
        <MomentPicker
          nowMs={clock.startMs(frame)}
          momentMs={answer.momentMs}
          onMoment={(momentMs) => onAnswer(withMoment(answer, momentMs))}
          onShow={(momentMs) => setShownFrame(clock.frameAtMs(momentMs))}
        />
      )}
      <details class="ask-note" open={answer.note !== undefined && answer.note !== ''}>
        <summary>{t('ui.choose.note')}</summary>
        <TextArea
          aria-label={t('ui.choose.note')}
          value={answer.note ?? ''}
          onValue={(text) => onAnswer({ ...answer, note: text })}
          maxLength={MAX_NOTE_CHARACTERS}
          rows={3}
        />
      </details>
      {onSend && (
        <ActionBar note={open.length > 0 ? t('ui.choose.stillMissing', { n: open.length }) : note}>
          <Button kind="primary" size="touch" wide busy={sending} disabled={open.length > 0} onClick={onSend}>
            {t('ui.choose.send')}
          </Button>
        </ActionBar>
      )}
    </div>
  )
}

/** The required questions that still want an answer. */
export function openQuestions(config: ChooseConfig, answer: ChooseAnswer): ChooseQuestion[] {
  return visibleQuestions(config, answer.choices).filter(
    ({ id, required }) => required && answer.choices[id] === undefined,
  )
}

function withMoment({ momentMs: _, ...rest }: ChooseAnswer, momentMs: number | null): ChooseAnswer {
  return momentMs === null ? rest : { ...rest, momentMs }
}

type QuestionProps = {
  question: ChooseQuestion
  chosen: string | undefined
  onChoose: (termId: string | undefined) => void
  numberKeys: boolean
  terms: readonly Term[]
  pictureOf?: (termId: string) => ComponentChildren
}

function Question({ question, chosen, onChoose, numberKeys, terms, pictureOf }: QuestionProps) {
  const { t } = useI18n()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (question.showWhen && chosen === undefined) box.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const localized = useLocalized()
  const prompt = localized(question.prompt)
  const choices = question.termIds.map((termId) => {
    const term = terms.find(({ id }) => id === termId)
    const hint = localized(term?.description)
    return {
      value: termId,
      label: localized(term?.label) || termId,
      picture: pictureOf?.(termId),
      ...(hint ? { hint } : {}),
    }
  })
  return (
    <div class="ask-question" ref={box}>
      <h2 class="ask-prompt" dir="auto">
        {prompt}
        {!question.required && <span class="field-optional"> · {t('ui.choose.optional')}</span>}
      </h2>
      <ChoiceList
        label={prompt}
        choices={choices}
        value={chosen === undefined ? [] : [chosen]}
        onValue={(values) => onChoose(values[0])}
        numberKeys={numberKeys}
      />
    </div>
  )
}
