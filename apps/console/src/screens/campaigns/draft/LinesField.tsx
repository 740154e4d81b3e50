import { Button, IconButton, TextArea, useI18n } from '@chiron/ui'
import { useRef } from 'preact/hooks'

const MAX_LINES = 12

type LinesFieldProps = {
  label: string
  hint?: string
  addLabel: string
  lines: readonly string[]
  onLines: (lines: string[]) => void
  numbered?: boolean
}

/** Short sentences, one a line. Enter begins the next, Backspace in an empty one removes it. */
export function LinesField({ label, hint, addLabel, lines, onLines, numbered }: LinesFieldProps) {
  const { t } = useI18n()
  const list = useRef<HTMLOListElement>(null)
  const focus = (at: number) =>
    setTimeout(() => list.current?.querySelectorAll('textarea')[Math.max(0, at)]?.focus())
  const insert = (at: number) => {
    if (lines.length >= MAX_LINES) return
    onLines([...lines.slice(0, at), '', ...lines.slice(at)])
    focus(at)
  }
  const remove = (at: number) => {
    onLines(lines.filter((_, place) => place !== at))
    focus(at - 1)
  }
  return (
    <fieldset class="lines">
      <legend class="field-label">{label}</legend>
      {hint && <p class="field-hint">{hint}</p>}
      <ol ref={list} class={numbered ? 'lines-list lines-numbered' : 'lines-list'}>
        {lines.map((line, at) => (
          <li key={at} class="line">
            <TextArea
              class="input line-input"
              rows={1}
              value={line}
              maxLength={300}
              aria-label={t('draft.line', { label, n: at + 1 })}
              // What is pasted may bring breaks; a line has none.
              onValue={(text) =>
                onLines(lines.map((old, place) => (place === at ? text.replaceAll('\n', ' ') : old)))
              }
              onKeyDown={(event) => {
                if (event.key === 'Enter') insert(at + 1)
                else if (event.key === 'Backspace' && line === '' && lines.length > 1) remove(at)
                else return
                event.preventDefault()
              }}
            />
            <IconButton
              icon="close"
              label={t('draft.removeLine', { n: at + 1 })}
              onClick={() => remove(at)}
            />
          </li>
        ))}
      </ol>
      {lines.length < MAX_LINES && (
        <Button kind="quiet" icon="plus" onClick={() => insert(lines.length)}>
          {addLabel}
        </Button>
      )}
    </fieldset>
  )
}
