import type { Term } from '@chiron/contract'
import type { ChooseConfig, ChooseQuestion } from '@chiron/core/kinds'
import { Field, Tag, TextInput, useI18n, useLocalized } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

type QuestionsSectionProps = { handle: DraftHandle; locale: string; terms: readonly Term[] }

/** What is asked of each clip, and which terms of the ontology may answer. */
export function QuestionsSection({ handle, locale, terms }: QuestionsSectionProps) {
  const { t } = useI18n()
  const config = handle.draft.config as ChooseConfig
  const change = (at: number, patch: Partial<ChooseQuestion>) => {
    const questions = config.questions.map((old, place) => (place === at ? { ...old, ...patch } : old))
    handle.set({ config: { ...config, questions } })
  }
  return (
    <Section id="questions" title={t('draft.questions')} lead={t('draft.questionsLead')}>
      {config.questions.map((question, at) => (
        <QuestionFields
          key={question.id}
          question={question}
          locale={locale}
          terms={terms}
          isVerdict={config.verdictQuestion === question.id}
          isFrozen={handle.isFrozen}
          onChange={(patch) => change(at, patch)}
        />
      ))}
    </Section>
  )
}

type QuestionFieldsProps = {
  question: ChooseQuestion
  locale: string
  terms: readonly Term[]
  isVerdict: boolean
  isFrozen: boolean
  onChange: (patch: Partial<ChooseQuestion>) => void
}

function QuestionFields({ question, locale, terms, isVerdict, isFrozen, onChange }: QuestionFieldsProps) {
  const { t, locale: ownLocale } = useI18n()
  const localized = useLocalized()
  const language = new Intl.DisplayNames(ownLocale, { type: 'language' }).of(locale) ?? locale
  const nameOf = (termId: string) => localized(terms.find(({ id }) => id === termId)?.label) || termId
  const toggle = (termId: string) => {
    const has = question.termIds.includes(termId)
    onChange({
      termIds: has ? question.termIds.filter((id) => id !== termId) : [...question.termIds, termId],
    })
  }
  const needed = new Set(question.showWhen?.isOneOf)
  return (
    <div class="question stack stack-tight">
      <Field
        label={t('draft.question', { language })}
        aside={isVerdict && <Tag tone="information">{t('draft.questionDecides')}</Tag>}
        {...(question.showWhen
          ? { hint: t('draft.questionWhen', { terms: [...needed].map(nameOf).join(', ') }) }
          : {})}
      >
        <TextInput
          value={question.prompt[locale] ?? ''}
          disabled={isFrozen}
          onValue={(text) => onChange({ prompt: { ...question.prompt, [locale]: text } })}
        />
      </Field>
      <fieldset class="chips" aria-label={t('draft.answers')}>
        {terms
          .filter(({ kind }) => kind === question.termKind)
          .map(({ id }) => (
            <button
              key={id}
              type="button"
              class="chip"
              aria-pressed={question.termIds.includes(id)}
              disabled={isFrozen}
              onClick={() => toggle(id)}
            >
              {nameOf(id)}
            </button>
          ))}
      </fieldset>
    </div>
  )
}
