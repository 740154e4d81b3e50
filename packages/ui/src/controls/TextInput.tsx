import type { Ref } from 'preact'
import type { ControlAttributes } from './control-attributes.ts'
import { directionOfField } from './direction-of-field.ts'
import { useFieldNames } from './Field.tsx'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'

type TextInputProps = ControlAttributes<HTMLInputElement> & {
  type?: 'text' | 'search' | 'email' | 'url' | 'tel' | 'password' | 'date'
  value: string
  onValue: (value: string) => void
  icon?: IconName
  inputRef?: Ref<HTMLInputElement>
}

/** One line of text. */
export function TextInput({ value, onValue, icon, inputRef, type = 'text', ...rest }: TextInputProps) {
  const input = (
    <input
      class="input"
      type={type as 'text'}
      dir={type === 'email' || type === 'url' || type === 'tel' ? 'ltr' : directionOfField(value)}
      {...useFieldNames()}
      {...rest}
      ref={inputRef}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  )
  if (!icon) return input
  return (
    <span class="input-with-icon">
      <Icon name={icon} size={16} />
      {input}
    </span>
  )
}
