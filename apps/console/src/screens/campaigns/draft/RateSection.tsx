import type { Term } from '@chiron/contract'
import { MAX_GOLD_RATIO } from '@chiron/core/gold'
import type { RateConfig, RateScale } from '@chiron/core/kinds'
import { Field, Slider, TextArea, TextInput, useI18n, useLocalized } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { TermChips } from './RolloutsSection.tsx'
import { ScaleExample } from './ScaleExample.tsx'
import { Section } from './Section.tsx'

type RateSectionProps = { handle: DraftHandle; locale: string; terms: readonly Term[] }

const newScale = (termId: string): RateScale => ({
  termId,
  prompt: {},
  anchors: { low: {}, middle: {}, high: {} },
  examples: { low: null, high: null },
})

/** On which scales people rate, in which words, and what the ends look like. */
export function RateSection({ handle, locale, terms }: RateSectionProps) {
  const { t, percent } = useI18n()
  const localized = useLocalized()
  const config = handle.draft.config as RateConfig
  const { goldRatio } = handle.draft
  const set = (scales: RateScale[]) => handle.setConfig({ scales })
  const nameOf = (termId: string) => localized(terms.find(({ id }) => id === termId)?.label) || termId
  return (
    <Section id="rate" title={t('draft.scales')} lead={t('draft.scalesLead')}>
      <TermChips
        label={t('draft.scales')}
        terms={terms.filter(({ kind }) => kind === 'scale')}
        chosen={config.scales.map(({ termId }) => termId)}
        disabled={handle.isFrozen}
        nameOf={({ id }) => nameOf(id)}
        onChosen={(termIds) =>
          set(termIds.map((id) => config.scales.find(({ termId }) => termId === id) ?? newScale(id)))
        }
      />
      {config.scales.map((scale, at) => (
        <ScaleFields
          key={scale.termId}
          scale={scale}
          name={nameOf(scale.termId)}
          locale={locale}
          disabled={handle.isFrozen}
          onScale={(changed) => set(config.scales.map((old, place) => (place === at ? changed : old)))}
        />
      ))}
      <Field label={t('draft.gold')} hint={t('draft.goldHint')}>
        <Slider
          value={Math.round(goldRatio * 100)}
          min={0}
          max={Math.round(MAX_GOLD_RATIO * 100)}
          shown={percent(goldRatio)}
          onValue={(value) => handle.set({ goldRatio: value / 100 })}
        />
      </Field>
    </Section>
  )
}

type ScaleFieldsProps = {
  scale: RateScale
  name: string
  locale: string
  disabled: boolean
  onScale: (scale: RateScale) => void
}

function ScaleFields({ scale, name, locale, disabled, onScale }: ScaleFieldsProps) {
  const { t, locale: ownLocale } = useI18n()
  const { prompt, anchors, examples } = scale
  const language = new Intl.DisplayNames(ownLocale, { type: 'language' }).of(locale) ?? locale
  return (
    <div class="question stack stack-tight">
      <Field label={t('draft.scaleQuestion', { scale: name, language })}>
        <TextInput
          value={prompt[locale] ?? ''}
          disabled={disabled}
          onValue={(text) => onScale({ ...scale, prompt: inLocale(prompt, locale, text) })}
        />
      </Field>
      <div class="field-row">
        {(['low', 'middle', 'high'] as const).map((end) => (
          <Field key={end} label={t(`draft.anchor.${end}`)} optional={end === 'middle'}>
            <TextArea
              rows={3}
              value={anchors[end][locale] ?? ''}
              disabled={disabled}
              onValue={(text) =>
                onScale({ ...scale, anchors: { ...anchors, [end]: inLocale(anchors[end], locale, text) } })
              }
            />
          </Field>
        ))}
      </div>
      <div class="row">
        {(['low', 'high'] as const).map((end) => (
          <ScaleExample
            key={end}
            mark={end === 'low' ? 1 : 5}
            mediaId={examples[end]}
            disabled={disabled}
            onMedia={(mediaId) => onScale({ ...scale, examples: { ...examples, [end]: mediaId } })}
          />
        ))}
      </div>
    </div>
  )
}

/** Words in one language more; emptied, the language is left out. */
function inLocale(words: Record<string, string>, locale: string, text: string): Record<string, string> {
  const { [locale]: _, ...others } = words
  return text === '' ? others : { ...others, [locale]: text }
}
