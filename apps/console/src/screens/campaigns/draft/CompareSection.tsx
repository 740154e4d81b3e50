import type { Term } from '@chiron/contract'
import { MAX_GOLD_RATIO } from '@chiron/core/gold'
import type { CompareConfig } from '@chiron/core/kinds'
import { Checkbox, Field, Select, Slider, useI18n, useLocalized } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { TermChips } from './RolloutsSection.tsx'
import { Section } from './Section.tsx'

const UNTIL = ['order', 'best', 'never'] as const

/** What people may say beside which robot did better, and when enough votes are bought. */
export function CompareSection({ handle, terms }: { handle: DraftHandle; terms: readonly Term[] }) {
  const { t, percent } = useI18n()
  const localized = useLocalized()
  const config = handle.draft.config as CompareConfig
  const set = (patch: Partial<CompareConfig>) => handle.setConfig(patch)
  const disabled = handle.isFrozen
  return (
    <Section id="compare" title={t('draft.compare')} lead={t('draft.compareLead')}>
      <Field label={t('draft.until')}>
        <Select
          value={config.until}
          disabled={disabled}
          onValue={(until) => set({ until: until as CompareConfig['until'] })}
          options={UNTIL.map((value) => ({ value, label: t(`draft.until.${value}`) }))}
        />
      </Field>
      <Checkbox
        checked={config.asksProgress}
        disabled={disabled}
        label={t('draft.asksProgress')}
        onChecked={(asksProgress) => set({ asksProgress })}
      />
      {config.world === 'both' && (
        <Checkbox
          checked={config.mixesWorlds === true}
          disabled={disabled}
          label={t('draft.mixesWorlds')}
          hint={t('draft.mixesWorldsHint')}
          onChecked={(mixesWorlds) => set({ mixesWorlds })}
        />
      )}
      <Field label={t('draft.goldPairs')} hint={t('draft.goldPairsHint')}>
        <Slider
          value={Math.round(handle.draft.goldRatio * 100)}
          min={0}
          max={Math.round(MAX_GOLD_RATIO * 100)}
          shown={percent(handle.draft.goldRatio)}
          onValue={(value) => handle.set({ goldRatio: value / 100 })}
        />
      </Field>
      <TermChips
        label={t('draft.whyTerms')}
        terms={terms.filter(({ kind }) => kind === 'failure')}
        chosen={config.whyTermIds}
        disabled={disabled}
        nameOf={({ id, label }) => localized(label) || id}
        onChosen={(whyTermIds) => set({ whyTermIds })}
      />
    </Section>
  )
}
