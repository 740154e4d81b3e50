import { ErrorNote, useI18n } from '@chiron/ui'

/** Over plain http browsers give no camera: says so and what helps, before anybody tries to film. */
export function InsecureNote() {
  const { t } = useI18n()
  if (globalThis.isSecureContext) return null
  return (
    <div class="inbox-note">
      <ErrorNote
        tone="attention"
        happened={t('insecure.happened')}
        lost={t('insecure.stillWorks')}
        next={t('insecure.next')}
      />
    </div>
  )
}
