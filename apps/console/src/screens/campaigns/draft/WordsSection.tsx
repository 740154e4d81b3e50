import type { Brief } from '@chiron/contract'
import { Button, ErrorNote, Field, IconButton, Select, Tabs, TextArea, TextInput, useI18n } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { LinesField } from './LinesField.tsx'
import { Section } from './Section.tsx'

/** Languages a brief is often written in; a campaign's own others stay. */
const OFFERED = 'ar bn de en es fil fr hi id pt ru sw tr ur vi yo zh'.split(' ')
const EMPTY: Brief = { title: '', steps: [''], success: '', avoid: [''] }

type WordsSectionProps = { handle: DraftHandle; locale: string; onLocale: (locale: string) => void }

/** Title and brief, one language at a time. */
export function WordsSection({ handle, locale, onLocale }: WordsSectionProps) {
  const { t, locale: ownLocale } = useI18n()
  const { draft, set } = handle
  const locales = Object.keys(draft.briefs)
  const nameOf = (code: string) => new Intl.DisplayNames(ownLocale, { type: 'language' }).of(code) ?? code
  const brief = draft.briefs[locale] ?? EMPTY
  const change = (patch: Partial<Brief>) =>
    set({ briefs: { ...draft.briefs, [locale]: { ...brief, ...patch } } })
  const add = (code: string) => {
    set({ briefs: { ...draft.briefs, [code]: EMPTY } })
    onLocale(code)
  }
  const remove = (gone: readonly string[]) => {
    const left = <T,>(words: Record<string, T>) =>
      Object.fromEntries(Object.entries(words).filter(([code]) => !gone.includes(code)))
    set({ briefs: left(draft.briefs), title: left(draft.title) })
  }
  const unused = OFFERED.filter((code) => !locales.includes(code))
  return (
    <Section id="words" title={t('draft.words')} lead={t('draft.wordsLead')}>
      <div class="locale-line">
        <Tabs
          label={t('draft.languages')}
          tabs={locales.map((code) => ({ id: code, label: nameOf(code) }))}
          current={locale}
          onTab={onLocale}
        />
        <span class="locale-add">
          <Select
            value=""
            onValue={add}
            placeholder={t('draft.addLanguage')}
            options={unused.map((code) => ({ value: code, label: nameOf(code) }))}
            aria-label={t('draft.addLanguage')}
          />
          {locales.length > 1 && !handle.isFrozen && (
            <IconButton
              icon="trash"
              label={t('draft.removeLanguage', { language: nameOf(locale) })}
              onClick={() => remove([locale])}
            />
          )}
        </span>
      </div>
      <LeftBehind handle={handle} nameOf={nameOf} onRemove={remove} />
      <div class="draft-fields" key={locale}>
        <Field label={t('draft.title')} hint={t('draft.titleHint')}>
          <TextInput
            value={draft.title[locale] ?? ''}
            maxLength={120}
            onValue={(title) => {
              const briefs = { ...draft.briefs, [locale]: { ...brief, title } }
              set({ title: { ...draft.title, [locale]: title }, briefs })
            }}
          />
        </Field>
        <LinesField
          label={t('draft.steps')}
          hint={t('draft.stepsHint')}
          addLabel={t('draft.addStep')}
          lines={brief.steps}
          onLines={(steps) => change({ steps })}
          numbered
        />
        <Field label={t('draft.success')} hint={t('draft.successHint')}>
          <TextArea
            value={brief.success}
            rows={2}
            maxLength={500}
            onValue={(success) => change({ success })}
          />
        </Field>
        <LinesField
          label={t('draft.avoid')}
          addLabel={t('draft.addAvoid')}
          lines={brief.avoid}
          onLines={(avoid) => change({ avoid })}
        />
      </div>
    </Section>
  )
}

type LeftBehindProps = {
  handle: DraftHandle
  nameOf: (locale: string) => string
  onRemove: (locales: readonly string[]) => void
}

/** One language was changed and others were not: whoever reads those would be asked for another task. */
function LeftBehind({ handle, nameOf, onRemove }: LeftBehindProps) {
  const { t, locale } = useI18n()
  const behind = leftBehind(handle)
  if (behind.length === 0) return null
  const languages = new Intl.ListFormat(locale).format(behind.map(nameOf))
  return (
    <ErrorNote
      tone="attention"
      happened={t('draft.leftBehind', { languages })}
      next={t('draft.leftBehind.next')}
      action={
        handle.isFrozen ? undefined : (
          <Button icon="trash" onClick={() => onRemove(behind)}>
            {t('draft.leftBehind.remove', { languages })}
          </Button>
        )
      }
    />
  )
}

/** The languages that still say what was there at first, while one that was there says something else now. */
function leftBehind({ draft, before }: DraftHandle): string[] {
  const isAsBefore = (code: string): boolean =>
    JSON.stringify([draft.title[code], draft.briefs[code]]) ===
    JSON.stringify([before.title[code], before.briefs[code]])
  const locales = Object.keys(draft.briefs)
  const isChanged = locales.some((code) => code in before.briefs && !isAsBefore(code))
  return isChanged ? locales.filter(isAsBefore) : []
}
