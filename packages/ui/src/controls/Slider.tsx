import { useFieldNames } from './Field.tsx'

type SliderProps = {
  value: number
  onValue: (value: number) => void
  min: number
  max: number
  step?: number
  /** The value in words, beside the track and read aloud: '20%', '3 people'. */
  shown: string
  /** Named aloud where no Field stands around it. */
  label?: string
  disabled?: boolean
  /** Nothing was chosen yet: `value` is only where the thumb waits. */
  isUnset?: boolean
}

/** A value between two ends, where nearness matters more than the exact figure. */
export function Slider(props: SliderProps) {
  const { value, onValue, min, max, step = 1, shown, label, disabled, isUnset = false } = props
  const { required: _, ...names } = useFieldNames()
  return (
    <span class="slider">
      <input
        {...names}
        type="range"
        class={isUnset ? 'slider-track slider-unset' : 'slider-track'}
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        aria-label={label}
        aria-valuetext={shown}
        style={{ '--filled': isUnset ? '0%' : `${((value - min) / (max - min || 1)) * 100}%` }}
        onInput={(event) => onValue(Number(event.currentTarget.value))}
      />
      <output class="slider-value figure">{shown}</output>
    </span>
  )
}
