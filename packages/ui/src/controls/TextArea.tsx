import type { ControlAttributes } from './control-attributes.ts'
import { directionOfField } from './direction-of-field.ts'
import { useFieldNames } from './Field.tsx'

type TextAreaProps = ControlAttributes<HTMLTextAreaElement> & {
  rows?: number
  value: string
  onValue: (value: string) => void
}

/** Several lines of text; grows by its handle. */
export function TextArea({ value, onValue, rows = 4, ...rest }: TextAreaProps) {
  return (
    <textarea
      class="input input-area"
      dir={directionOfField(value)}
      rows={rows}
      {...useFieldNames()}
      {...rest}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  )
}
