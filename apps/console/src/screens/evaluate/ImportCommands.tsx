import { CopyText } from '@chiron/ui'

const COMMAND = 'npx chiron rollouts import lerobot ./eval --policy NAME@VERSION'

/** How rollouts come in: the command to copy. */
export function ImportCommands() {
  return (
    <span class="import-command mono" dir="ltr">
      <CopyText text={COMMAND} />
    </span>
  )
}
