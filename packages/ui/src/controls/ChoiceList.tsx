import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import { KeyHint } from './KeyHint.tsx'
import { useKeys } from './use-keys.ts'

export type Choice = {
  value: string
  label: string
  hint?: string
  /** A picture: an <img>, an <Icon>, a small clip. */
  picture?: ComponentChildren
  disabled?: boolean
}

type ChoiceListProps = {
  /** Named aloud; shown by whoever asks the question. */
  label: string
  choices: readonly Choice[]
  /** One value, or several when `many`. */
  value: readonly string[]
  onValue: (value: string[]) => void
  many?: boolean
  /** Number keys 1–9 choose. One list a page may have them. Default false. */
  numberKeys?: boolean
  /** Pictures above the words, side by side. */
  tiles?: boolean
}

/** Big rows to choose from with a thumb, a mouse or the number keys. Radio or checkbox by `many`. */
export function ChoiceList(props: ChoiceListProps) {
  const { label, choices, value, onValue, many = false, numberKeys = false, tiles = false } = props
  const group = useId()
  const choose = (choice: Choice) => {
    if (choice.disabled) return
    if (!many) return onValue([choice.value])
    const has = value.includes(choice.value)
    onValue(has ? value.filter((held) => held !== choice.value) : [...value, choice.value])
  }
  const byNumber = numberKeys ? choices.slice(0, 9) : []
  useKeys(
    byNumber.map((choice, at) => ({ keys: String(at + 1), label: choice.label, run: () => choose(choice) })),
  )
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a name
    <div
      class={classNames('choices', tiles && 'choices-tiles')}
      role={many ? 'group' : 'radiogroup'}
      aria-label={label}
    >
      {choices.map((choice, at) => (
        <label key={choice.value} class={classNames('choice', value.includes(choice.value) && 'choice-on')}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={group}
            checked={value.includes(choice.value)}
            disabled={choice.disabled}
            onChange={() => choose(choice)}
          />
          {choice.picture && <span class="choice-picture">{choice.picture}</span>}
          <span class="choice-words">
            <span class="choice-label">{choice.label}</span>
            {choice.hint && <span class="choice-hint">{choice.hint}</span>}
          </span>
          {at < byNumber.length && <KeyHint keys={String(at + 1)} />}
          <span class={many ? 'choice-mark choice-mark-many' : 'choice-mark'} aria-hidden="true">
            <Icon name="check" size={16} />
          </span>
        </label>
      ))}
    </div>
  )
}
