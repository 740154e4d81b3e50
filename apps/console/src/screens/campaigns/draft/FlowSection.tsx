import type { CampaignDraft, Term } from '@chiron/contract'
import { MAX_GOLD_RATIO } from '@chiron/core/gold'
import { kinds, mixesGold } from '@chiron/core/kinds'
import { Checkbox, Field, Slider, useI18n, useLocalized } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

type Flow = CampaignDraft['flow']
type Answers = NonNullable<Flow['answers']>

const ASKING: Answers = { min: 3, max: 5, sureAt: 0.95 }
const MAX_ANSWERS = 25

/** How a submission becomes a verdict, said in a sentence that follows the sliders. */
export function FlowSection({ handle, terms }: { handle: DraftHandle; terms: readonly Term[] }) {
  const { t } = useI18n()
  const { draft, setFlow, isFrozen } = handle
  const { kind, flow } = draft
  // Votes are counted as they come: there is nothing to set.
  if (kinds[kind].settles !== 'count') return <Deciding handle={handle} terms={terms} />
  return (
    <Section id="flow" title={t('draft.flow')}>
      <p class="flow-words">{t('flow.counted')}</p>
      {kind === 'rate' && flow.answers && (
        <Field label={t('draft.raters')}>
          <Slider
            value={flow.answers.min}
            min={1}
            max={10}
            shown={t('draft.people', { n: flow.answers.min })}
            disabled={isFrozen}
            onValue={(n) => setFlow({ answers: { ...ASKING, min: n, max: n } })}
          />
        </Field>
      )}
    </Section>
  )
}

function Deciding({ handle, terms }: { handle: DraftHandle; terms: readonly Term[] }) {
  const { t, percent } = useI18n()
  const { draft, set, setFlow, isFrozen } = handle
  const { flow, kind } = draft
  const { review } = flow
  return (
    <Section id="flow" title={t('draft.flow')}>
      <p class="flow-words" aria-live="polite">
        <FlowWords draft={draft} />
      </p>
      {kind === 'demonstrate' && <JudgedByOthers handle={handle} terms={terms} />}
      {flow.answers && <AnswerSliders handle={handle} answers={flow.answers} />}
      <div class="field-row field-row-wide">
        <Field label={t('draft.sample')} hint={t('draft.sampleHint')}>
          <Slider
            value={Math.round(review.sampleRatio * 100)}
            min={0}
            max={100}
            step={5}
            shown={percent(review.sampleRatio)}
            disabled={isFrozen}
            onValue={(value) => setFlow({ review: { ...review, sampleRatio: value / 100 } })}
          />
        </Field>
        {mixesGold(kind) && (
          <Field label={t('draft.gold')} hint={t('draft.goldHint')}>
            <Slider
              value={Math.round(draft.goldRatio * 100)}
              min={0}
              max={Math.round(MAX_GOLD_RATIO * 100)}
              shown={percent(draft.goldRatio)}
              onValue={(value) => set({ goldRatio: value / 100 })}
            />
          </Field>
        )}
        {kind === 'demonstrate' && (
          <Field label={t('draft.retakes')} hint={t('draft.retakesHint')}>
            <Slider
              value={flow.retakesMax}
              min={0}
              max={10}
              shown={t('draft.times', { n: flow.retakesMax })}
              disabled={isFrozen}
              onValue={(retakesMax) => setFlow({ retakesMax })}
            />
          </Field>
        )}
      </div>
      {flow.answers && (
        <Checkbox
          checked={review.whenDisputed}
          disabled={isFrozen}
          label={t('draft.whenDisputed')}
          onChecked={(whenDisputed) => setFlow({ review: { ...review, whenDisputed } })}
        />
      )}
    </Section>
  )
}

/** A recording may wait for the judgement of other workers, asked by a campaign of questions about it. */
function JudgedByOthers({ handle, terms }: { handle: DraftHandle; terms: readonly Term[] }) {
  const { t } = useI18n()
  const localized = useLocalized()
  const { draft, setFlow, isFrozen } = handle
  const { flow } = draft
  const outcomes = terms.filter(({ kind }) => kind === 'outcome')
  return (
    <div class="stack stack-tight">
      <Checkbox
        checked={flow.answers !== null}
        disabled={isFrozen}
        label={t('draft.judged')}
        hint={t('draft.judgedHint')}
        onChecked={(isJudged) =>
          setFlow({
            answers: isJudged ? ASKING : null,
            acceptLabels: isJudged ? ['outcome.success'] : [],
          })
        }
      />
      {flow.answers && (
        <fieldset class="chips" aria-label={t('draft.acceptLabels')}>
          <legend class="field-label">{t('draft.acceptLabels')}</legend>
          {outcomes.map(({ id, label }) => (
            <button
              key={id}
              type="button"
              class="chip"
              aria-pressed={flow.acceptLabels.includes(id)}
              disabled={isFrozen}
              onClick={() => {
                const has = flow.acceptLabels.includes(id)
                const others = flow.acceptLabels.filter((held) => held !== id)
                setFlow({ acceptLabels: has ? others : [...others, id] })
              }}
            >
              {localized(label)}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function AnswerSliders({ handle, answers }: { handle: DraftHandle; answers: Answers }) {
  const { t, percent } = useI18n()
  const { setFlow, isFrozen } = handle
  const set = (patch: Partial<Answers>) => setFlow({ answers: { ...answers, ...patch } })
  return (
    <div class="field-row field-row-wide">
      <Field label={t('draft.answersMin')}>
        <Slider
          value={answers.min}
          min={1}
          max={10}
          shown={t('draft.people', { n: answers.min })}
          disabled={isFrozen}
          onValue={(min) => set({ min, max: Math.max(min, answers.max) })}
        />
      </Field>
      <Field label={t('draft.answersMax')}>
        <Slider
          value={answers.max}
          min={1}
          max={MAX_ANSWERS}
          shown={t('draft.people', { n: answers.max })}
          disabled={isFrozen}
          onValue={(max) => set({ max, min: Math.min(max, answers.min) })}
        />
      </Field>
      <Field label={t('draft.sureAt')}>
        <Slider
          value={Math.round(answers.sureAt * 100)}
          min={50}
          max={99}
          shown={percent(answers.sureAt)}
          disabled={isFrozen}
          onValue={(value) => set({ sureAt: value / 100 })}
        />
      </Field>
    </div>
  )
}

/** The rule as one would tell it. */
export function FlowWords({ draft }: { draft: Pick<CampaignDraft, 'flow' | 'kind' | 'goldRatio'> }) {
  const { t, percent } = useI18n()
  const { flow, kind, goldRatio } = draft
  if (kinds[kind].settles === 'count') return <>{t('flow.counted')}</>
  const sentences = [
    ...(flow.checks === 'required' ? [t('flow.checks', { n: flow.retakesMax })] : []),
    ...(flow.answers
      ? [
          t(
            flow.answers.min === flow.answers.max
              ? 'flow.answersAll'
              : kind === 'keypoints'
                ? 'flow.answersAgree'
                : 'flow.answers',
            {
              ...flow.answers,
              sureAt: percent(flow.answers.sureAt),
            },
          ),
        ]
      : []),
    ...(flow.answers ? [t(flow.review.whenDisputed ? 'flow.disputed' : 'flow.undisputed')] : []),
    flow.review.sampleRatio > 0
      ? t(`flow.sample.${kind}`, { share: percent(flow.review.sampleRatio) })
      : t('flow.noSample'),
    ...(mixesGold(kind) && goldRatio > 0 ? [t('flow.gold', { share: percent(goldRatio) })] : []),
  ]
  return <>{sentences.join(' ')}</>
}
