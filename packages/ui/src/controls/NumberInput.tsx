import { useEffect, useState } from 'preact/hooks'
import type { ControlAttributes } from './control-attributes.ts'
import { useFieldNames } from './Field.tsx'
import { numberFromText } from './number-from-text.ts'

type NumberInputProps = ControlAttributes<HTMLInputElement> & {
  value: number | null
  /** null while the field is empty or no number. */
  onValue: (value: number | null) => void
  min?: number
  max?: number
  /** Arrow keys move by this much; default 1. */
  step?: number
  /** Shown inside the field's end: 'min', '%', 'clips'. */
  unit?: string
}

/** A number with its unit. Accepts the digits of any script and either decimal mark. */
export function NumberInput(props: NumberInputProps) {
  const { value, onValue, min, max, step = 1, unit, ...rest } = props
  const [text, setText] = useState(value === null ? '' : String(value))
  useEffect(() => {
    if (numberFromText(text) !== value) setText(value === null ? '' : String(value))
  }, [value])
  const hold = (next: number) => Math.min(max ?? next, Math.max(min ?? next, next))
  const change = (next: string) => {
    setText(next)
    onValue(numberFromText(next))
  }
  return (
    <span
      class={unit ? 'input-with-unit' : undefined}
      style={{ '--unit-characters': String(unit?.length ?? 0) }}
    >
      <input
        class="input input-number"
        inputMode="decimal"
        autocomplete="off"
        dir="ltr"
        {...useFieldNames()}
        {...rest}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
        onBlur={() => value !== null && hold(value) !== value && onValue(hold(value))}
        onKeyDown={(event) => {
          const way = { ArrowUp: step, ArrowDown: -step }[event.key]
          if (way === undefined) return
          event.preventDefault()
          onValue(hold(Number(((value ?? 0) + way).toFixed(6))))
        }}
      />
      {unit && <span class="input-unit">{unit}</span>}
    </span>
  )
}
