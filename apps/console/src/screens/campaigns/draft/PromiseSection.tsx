import { Field, NumberInput, TextArea, useI18n } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

/** What people consent to: purpose, recipients, how long it is kept. In the language chosen for the words. */
export function PromiseSection({ handle, locale }: { handle: DraftHandle; locale: string }) {
  const { t, locale: ownLocale } = useI18n()
  const { draft, setTerms, isFrozen } = handle
  const { purpose, recipients, retentionDays } = draft.terms
  const language = new Intl.DisplayNames(ownLocale, { type: 'language' }).of(locale) ?? locale
  return (
    <Section id="promise" title={t('draft.promise')} lead={t('draft.promiseLead')}>
      <Field label={t('draft.purpose', { language })} hint={t('draft.purposeHint')}>
        <TextArea
          value={purpose[locale] ?? ''}
          rows={2}
          disabled={isFrozen}
          onValue={(text) => setTerms({ purpose: { ...purpose, [locale]: text } })}
        />
      </Field>
      <Field label={t('draft.recipients', { language })}>
        <TextArea
          value={recipients[locale] ?? ''}
          rows={2}
          disabled={isFrozen}
          onValue={(text) => setTerms({ recipients: { ...recipients, [locale]: text } })}
        />
      </Field>
      <div class="field-row">
        <Field
          label={t('draft.retention')}
          hint={
            retentionDays ? t('draft.retentionHint', { years: Math.round(retentionDays / 36.5) / 10 }) : ''
          }
        >
          <NumberInput
            value={retentionDays}
            onValue={(value) => setTerms({ retentionDays: value === null ? null : Math.round(value) })}
            min={1}
            max={3650}
            unit={t('draft.days')}
            disabled={isFrozen}
          />
        </Field>
      </div>
    </Section>
  )
}
