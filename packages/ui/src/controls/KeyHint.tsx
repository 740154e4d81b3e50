type KeyHintProps = {
  /** 'j', 'Ctrl+K', '?' — keys joined by '+'. */
  keys: string
}

/** A key as it is on the keyboard. Hidden where there is no keyboard (coarse pointer). */
export function KeyHint({ keys }: KeyHintProps) {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  return (
    <span class="key-hint" dir="ltr" aria-hidden="true">
      {parts.map((part) => (
        <kbd key={part}>{keyName(part)}</kbd>
      ))}
    </span>
  )
}

function keyName(key: string): string {
  const names: Record<string, string> = {
    mod: /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '') ? '⌘' : 'Ctrl',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
    enter: '↵',
    escape: 'Esc',
    ' ': 'Space',
    space: 'Space',
  }
  return names[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key)
}
