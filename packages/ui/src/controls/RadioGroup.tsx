import { useId } from 'preact/hooks'

export type RadioOption = { value: string; label: string; hint?: string; disabled?: boolean }

type RadioGroupProps = {
  label: string
  options: readonly RadioOption[]
  value: string | null
  onValue: (value: string) => void
}

/** One of a few, all visible, in plain lines. For a worker's question use ChoiceList. */
export function RadioGroup({ label, options, value, onValue }: RadioGroupProps) {
  const name = useId()
  return (
    <div class="radios" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} class="checkbox">
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            disabled={option.disabled}
            onChange={() => onValue(option.value)}
          />
          <span class="checkbox-box checkbox-box-round" aria-hidden="true" />
          <span>
            <span>{option.label}</span>
            {option.hint && <span class="checkbox-hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </div>
  )
}
