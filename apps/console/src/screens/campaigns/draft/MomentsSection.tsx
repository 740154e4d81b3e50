import { type KeypointsConfig, MAX_MOMENTS } from '@chiron/core/kinds'
import { Field, Slider, useI18n } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

/** At how many moments of a clip people correct the hands. */
export function MomentsSection({ handle }: { handle: DraftHandle }) {
  const { t, number } = useI18n()
  const { draft, setConfig, isFrozen } = handle
  const { momentCount } = draft.config as KeypointsConfig
  return (
    <Section id="moments" title={t('draft.moments')} lead={t('draft.momentsLead')}>
      <Field label={t('draft.momentCount')} hint={t('draft.momentCountHint')}>
        <Slider
          value={momentCount}
          min={1}
          max={MAX_MOMENTS}
          shown={number(momentCount)}
          disabled={isFrozen}
          onValue={(chosen) => setConfig({ momentCount: chosen })}
        />
      </Field>
    </Section>
  )
}
