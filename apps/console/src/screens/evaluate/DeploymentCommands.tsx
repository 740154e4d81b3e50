import { CopyText, useI18n } from '@chiron/ui'

const COMMAND = 'npx chiron deployments import use.csv --policy NAME@VERSION'
const PYTHON = 'chiron.log_deployment("NAME@VERSION", "fold towels", happened_at=now, success=True)'

/** How outcomes from use come in: commands to copy. */
export function DeploymentCommands() {
  const { t } = useI18n()
  return (
    <div class="stack stack-tight">
      <p class="quiet">{t('validity.howTo')}</p>
      {[COMMAND, PYTHON].map((text) => (
        <span key={text} class="import-command mono" dir="ltr">
          <CopyText text={text} />
        </span>
      ))}
    </div>
  )
}
