import type { ComponentChildren } from 'preact'
import { Icon } from './Icon.tsx'

type CheckboxProps = {
  checked: boolean
  onChecked: (checked: boolean) => void
  label: ComponentChildren
  hint?: ComponentChildren
  disabled?: boolean
  name?: string
}

/** Yes or no, with the whole line as its target. */
export function Checkbox({ checked, onChecked, label, hint, disabled, name }: CheckboxProps) {
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <span class="checkbox-box" aria-hidden="true">
        <Icon name="check" size={14} />
      </span>
      <span>
        <span>{label}</span>
        {hint && <span class="checkbox-hint">{hint}</span>}
      </span>
    </label>
  )
}
