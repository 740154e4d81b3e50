import { createContext } from 'preact'
import { useContext, useLayoutEffect, useRef } from 'preact/hooks'

export type KeyBinding = {
  /** 'j', '?', ' ', 'Escape', 'mod+k' (Ctrl, or ⌘ on a Mac), 'shift+a'. */
  keys: string
  /** What it does, listed by KeyHelp. */
  label: string
  run: () => void
  /** Works while typing too. Only for combinations with mod and for Escape. */
  whileTyping?: boolean
}

type Layer = { bindings: readonly KeyBinding[]; insideDialog: boolean }

/** True inside a Dialog: only keys mounted there work while it is open. */
export const InsideDialog = createContext(false)

const layers: Layer[] = []

/**
 * Gives the page these keys while the component is mounted. Later components win over earlier ones;
 * nothing fires while the person types, or behind an open dialog.
 */
export function useKeys(bindings: readonly KeyBinding[]): void {
  const layer = useRef<Layer>({ bindings, insideDialog: useContext(InsideDialog) })
  layer.current.bindings = bindings
  // Before the screen is drawn: a key pressed the moment it is seen must be heard.
  useLayoutEffect(() => {
    const mine = layer.current
    if (layers.length === 0) document.addEventListener('keydown', onKeyDown)
    layers.push(mine)
    return () => {
      layers.splice(layers.indexOf(mine), 1)
      if (layers.length === 0) document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

/** Every key that works now, one entry a key, in the order of mounting. KeyHelp shows it. */
export function activeKeys(): KeyBinding[] {
  const byKeys = new Map<string, KeyBinding>()
  for (const layer of layers) for (const binding of layer.bindings) byKeys.set(binding.keys, binding)
  return [...byKeys.values()]
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || pressesFocusedControl(event)) return
  const typing = isTyping(event.target)
  const dialogIsOpen = document.querySelector('dialog:modal') !== null
  for (const layer of [...layers].reverse()) {
    if (dialogIsOpen && !layer.insideDialog) continue
    const binding = layer.bindings.find((candidate) => matchesKey(candidate.keys, event))
    if (!binding || (typing && !binding.whileTyping)) continue
    event.preventDefault()
    binding.run()
    return
  }
}

/** Space and Enter belong to the button, link or box that has the focus. */
function pressesFocusedControl(event: KeyboardEvent): boolean {
  if (event.key !== ' ' && event.key !== 'Enter') return false
  const target = event.target instanceof Element ? event.target : null
  return target?.closest('button, a[href], summary, select, input:not([type=range])') != null
}

/** Whether a key event is the combination. Shift counts only for letters: '?' is '?' on any layout. */
export function matchesKey(
  keys: string,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('mod')
  if (mod !== (event.ctrlKey || event.metaKey) || event.altKey) return false
  const wantsShift = parts.includes('shift')
  const isLetter = /^[a-z]$/i.test(key)
  if (isLetter || key.length > 1 ? wantsShift !== event.shiftKey : false) return false
  return event.key.toLowerCase() === key.toLowerCase()
}

const TEXTLESS_INPUTS = new Set(['checkbox', 'radio', 'range', 'button', 'submit', 'color', 'file'])

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !TEXTLESS_INPUTS.has(target.type)
  return (
    target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  )
}
