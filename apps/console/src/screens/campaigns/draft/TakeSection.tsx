import type { DemonstrateConfig } from '@chiron/core/kinds'
import { Checkbox, Field, NumberInput, Select, useI18n } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

/** What a recording must be; the phone and the server judge every take by it. */
export function TakeSection({ handle }: { handle: DraftHandle }) {
  const { t } = useI18n()
  const config = handle.draft.config as DemonstrateConfig
  const set = (patch: Partial<DemonstrateConfig>) => handle.set({ config: { ...config, ...patch } })
  const disabled = handle.isFrozen
  const options = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`draft.${name}.${value}`) }))
  return (
    <Section id="take" title={t('draft.take')} lead={t('draft.takeLead')}>
      <div class="field-row">
        <Field label={t('draft.minSeconds')}>
          <NumberInput
            value={config.minSeconds}
            onValue={(value) => set({ minSeconds: value ?? 1 })}
            min={0.5}
            max={600}
            unit={t('draft.seconds')}
            disabled={disabled}
          />
        </Field>
        <Field label={t('draft.maxSeconds')}>
          <NumberInput
            value={config.maxSeconds}
            onValue={(value) => set({ maxSeconds: value ?? 1 })}
            min={1}
            max={600}
            unit={t('draft.seconds')}
            disabled={disabled}
          />
        </Field>
        <Field label={t('draft.orientation')}>
          <Select
            value={config.orientation}
            disabled={disabled}
            onValue={(value) => set({ orientation: value as DemonstrateConfig['orientation'] })}
            options={options('orientation', ['any', 'landscape', 'portrait'])}
          />
        </Field>
        <Field label={t('draft.camera')}>
          <Select
            value={config.camera}
            disabled={disabled}
            onValue={(value) => set({ camera: value as DemonstrateConfig['camera'] })}
            options={options('camera', ['environment', 'user'])}
          />
        </Field>
      </div>
      <Checkbox
        label={t('draft.motion')}
        hint={t('draft.motionHint')}
        checked={config.motion ?? false}
        disabled={disabled}
        onChecked={(motion) => set({ motion })}
      />
      <Checkbox
        label={t('draft.body')}
        hint={t('draft.bodyHint')}
        checked={config.keypoints === 'hands-and-body'}
        disabled={disabled}
        onChecked={(isAsked) => set({ keypoints: isAsked ? 'hands-and-body' : 'hands' })}
      />
    </Section>
  )
}
