import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { directionOfField } from './direction-of-field.ts'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-shapes.ts'
import { KeyHint } from './KeyHint.tsx'
import { type Command, rankCommands } from './rank-commands.ts'
import { useKeys } from './use-keys.ts'

const MAX_SHOWN = 50

export type PaletteCommand = Command & { icon?: IconName }

type CommandPaletteProps = {
  commands: readonly PaletteCommand[]
  /** Asked as the person types, for what only the server can find; pass the finds as `found`. */
  onQuery?: (query: string) => void
  found?: readonly PaletteCommand[]
  /** More commands are on their way: nothing found yet does not mean nothing is there. */
  busy?: boolean
  /** Opened from elsewhere (a search button) as well as by Ctrl/⌘-K. */
  open: boolean
  onOpen: (open: boolean) => void
}

/** Go to, do or find anything: Ctrl/⌘-K, type, Enter. */
export function CommandPalette({
  commands,
  onQuery,
  found = [],
  busy = false,
  open,
  onOpen,
}: CommandPaletteProps) {
  const { t } = useI18n()
  useKeys([{ keys: 'mod+k', label: t('ui.palette.label'), run: () => onOpen(true), whileTyping: true }])
  if (!open) return null
  return (
    <Palette commands={commands} found={found} busy={busy} onQuery={onQuery} onClose={() => onOpen(false)} />
  )
}

type PaletteProps = Pick<CommandPaletteProps, 'commands' | 'onQuery'> & {
  found: readonly PaletteCommand[]
  busy: boolean
  onClose: () => void
}

function Palette({ commands, found, busy, onQuery, onClose }: PaletteProps) {
  const { t } = useI18n()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const [pressedEarly, setPressedEarly] = useState(false)
  const shown = [...rankCommands(commands, query), ...found].slice(0, MAX_SHOWN)
  const current = Math.min(at, Math.max(0, shown.length - 1))
  useLayoutEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    return () => {
      dialog.current?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const run = (command: PaletteCommand | undefined) => {
    if (!command) return
    onClose()
    command.run()
  }
  // Who types and presses Enter faster than the server answers means the first thing that will be found.
  useEffect(() => {
    if (!pressedEarly) return
    if (shown.length > 0) run(shown[0])
    else if (!busy) setPressedEarly(false)
  }, [pressedEarly, shown.length, busy])
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && shown.length > 0) setAt((current + step + shown.length) % shown.length)
    else if (event.key === 'Enter') shown.length > 0 ? run(shown[current]) : setPressedEarly(busy)
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is answered by the dialog itself
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label={t('ui.palette.label')}
      onCancel={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <div class="palette-panel">
        <div class="palette-search">
          <Icon name="search" size={18} />
          <input
            class="palette-input"
            role="combobox"
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={shown.length > 0 ? `${id}-${current}` : undefined}
            aria-label={t('ui.palette.label')}
            placeholder={t('ui.palette.placeholder')}
            dir={directionOfField(query)}
            value={query}
            onInput={(event) => {
              setQuery(event.currentTarget.value)
              setAt(0)
              setPressedEarly(false)
              onQuery?.(event.currentTarget.value)
            }}
            onKeyDown={onKeyDown}
          />
          <KeyHint keys="Escape" />
        </div>
        <div
          class="palette-list"
          role="listbox"
          id={`${id}-list`}
          ref={list}
          aria-label={t('ui.palette.label')}
        >
          {shown.map((command, row) => (
            <PaletteRow
              key={command.id}
              id={`${id}-${row}`}
              command={command}
              heading={command.group !== shown[row - 1]?.group ? command.group : undefined}
              selected={row === current}
              onPoint={() => setAt(row)}
              onRun={() => run(command)}
            />
          ))}
        </div>
        {shown.length === 0 && (
          <p class="palette-empty">{busy ? t('ui.palette.looking') : t('ui.palette.empty', { query })}</p>
        )}
        <span class="visually-hidden" role="status">
          {t('ui.palette.results', { n: shown.length })}
        </span>
      </div>
    </dialog>
  )
}

type PaletteRowProps = {
  id: string
  command: PaletteCommand
  heading?: string
  selected: boolean
  onPoint: () => void
  onRun: () => void
}

function PaletteRow({ id, command, heading, selected, onPoint, onRun }: PaletteRowProps) {
  return (
    <>
      {heading && (
        <div class="palette-group" role="presentation">
          {heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are answered by the input, which keeps the focus */}
      <div
        id={id}
        class="palette-row"
        role="option"
        tabIndex={-1}
        aria-selected={selected}
        onPointerMove={selected ? undefined : onPoint}
        onClick={onRun}
      >
        {command.icon && <Icon name={command.icon} size={18} />}
        <span class="palette-label">{command.label}</span>
        {command.keys && <KeyHint keys={command.keys} />}
      </div>
    </>
  )
}
