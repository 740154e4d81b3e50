import type { ControlAttributes } from './control-attributes.ts'
import { useFieldNames } from './Field.tsx'
import { Icon } from './Icon.tsx'

export type SelectOption = { value: string; label: string; disabled?: boolean }

type SelectProps = ControlAttributes<HTMLSelectElement> & {
  value: string
  onValue: (value: string) => void
  options: readonly SelectOption[]
  /** Shown while nothing is chosen (value ''). */
  placeholder?: string
}

/** One of several, by the device's own list. */
export function Select({ value, onValue, options, placeholder, readOnly: _, ...rest }: SelectProps) {
  return (
    <span class="select">
      <select
        class="input"
        {...useFieldNames()}
        {...rest}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      >
        {placeholder !== undefined && (
          <option value="" disabled={value !== ''}>
            {placeholder}
          </option>
        )}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="down" size={16} />
    </span>
  )
}
