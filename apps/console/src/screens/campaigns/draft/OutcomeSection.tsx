import type { Term } from '@chiron/contract'
import type { OutcomeConfig, OutcomeMeaning } from '@chiron/core/kinds'
import { Field, Select, TextInput, useI18n, useLocalized } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { TermChips } from './RolloutsSection.tsx'
import { Section } from './Section.tsx'

type OutcomeSectionProps = { handle: DraftHandle; locale: string; terms: readonly Term[] }
const MEANINGS = ['success', 'failure', 'unclear', 'not-asked'] as const

/** How a run may have ended and what each counts as, why it may have failed, and the words of both questions. */
export function OutcomeSection({ handle, locale, terms }: OutcomeSectionProps) {
  const { t, locale: ownLocale } = useI18n()
  const localized = useLocalized()
  const config = handle.draft.config as OutcomeConfig
  const set = (patch: Partial<OutcomeConfig>) => handle.setConfig(patch)
  const disabled = handle.isFrozen
  const language = new Intl.DisplayNames(ownLocale, { type: 'language' }).of(locale) ?? locale
  const meaningOf = (termId: string) => config.outcomes.find((each) => each.termId === termId)?.means
  const setMeaning = (termId: string, value: string) => {
    const others = config.outcomes.filter((each) => each.termId !== termId)
    const outcomes =
      value === 'not-asked'
        ? others
        : meaningOf(termId)
          ? config.outcomes.map((each) =>
              each.termId === termId ? { termId, means: value as OutcomeMeaning } : each,
            )
          : [...others, { termId, means: value as OutcomeMeaning }]
    set({ outcomes })
  }
  return (
    <Section id="outcome" title={t('draft.outcome')} lead={t('draft.outcomeLead')}>
      <Field label={t('draft.question', { language })}>
        <TextInput
          value={config.prompt[locale] ?? ''}
          disabled={disabled}
          onValue={(text) => set({ prompt: { ...config.prompt, [locale]: text } })}
        />
      </Field>
      <div class="field-row">
        {terms
          .filter(({ kind }) => kind === 'outcome')
          .map(({ id, label }) => (
            <Field key={id} label={t('draft.countsAs', { outcome: localized(label) || id })}>
              <Select
                value={meaningOf(id) ?? 'not-asked'}
                disabled={disabled}
                onValue={(value) => setMeaning(id, value)}
                options={MEANINGS.map((value) => ({ value, label: t(`draft.means.${value}`) }))}
              />
            </Field>
          ))}
      </div>
      <Field label={t('draft.failureQuestion', { language })} hint={t('draft.failureQuestionHint')}>
        <TextInput
          value={config.failurePrompt[locale] ?? ''}
          disabled={disabled}
          onValue={(text) => set({ failurePrompt: { ...config.failurePrompt, [locale]: text } })}
        />
      </Field>
      <TermChips
        label={t('draft.failureTerms')}
        terms={terms.filter(({ kind }) => kind === 'failure')}
        chosen={config.failureIds}
        disabled={disabled}
        nameOf={({ id, label }) => localized(label) || id}
        onChosen={(failureIds) => set({ failureIds })}
      />
    </Section>
  )
}
