import type { HTMLAttributes } from 'preact'

/** What any text control takes besides its value; event handlers and aria-* included. */
export type ControlAttributes<Element extends EventTarget> = Omit<
  HTMLAttributes<Element>,
  'role' | 'value' | 'onInput' | 'onChange' | 'icon' | 'children' | 'size'
> & {
  name?: string
  placeholder?: string
  disabled?: boolean
  required?: boolean
  readOnly?: boolean
  autocomplete?: string
  maxLength?: number
}
