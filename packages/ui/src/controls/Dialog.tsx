import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { IconButton } from './IconButton.tsx'
import { InsideDialog } from './use-keys.ts'

type DialogProps = {
  open: boolean
  /** Escape, the backdrop or the close button. */
  onClose: () => void
  title: string
  /** Buttons, the main one last. */
  actions?: ComponentChildren
  /** 'sheet' rises from the bottom edge, within the thumb's reach; 'side' comes from the line's end. */
  shape?: 'dialog' | 'sheet' | 'side'
  children: ComponentChildren
}

/** A native modal dialog: the browser keeps the focus inside, gives it back after, and answers Escape. */
export function Dialog({ open, onClose, title, actions, shape = 'dialog', children }: DialogProps) {
  const { t } = useI18n()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (open && element && !element.open) {
      element.showModal()
      // Not the close button: what one came to fill in, or the dialog itself.
      const field = element.querySelector<HTMLElement>(
        '[autofocus], .dialog-body :is(input, select, textarea)',
      )
      ;(field ?? element).focus()
    }
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [open])
  if (!open) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is answered by the dialog itself
    <dialog
      ref={dialog}
      class={`dialog dialog-${shape}`}
      aria-labelledby={titleId}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <InsideDialog.Provider value={true}>
        <div class="dialog-panel">
          <div class="dialog-head">
            <h2 class="dialog-title" id={titleId}>
              {title}
            </h2>
            <IconButton icon="close" label={t('ui.action.close')} onClick={onClose} />
          </div>
          <div class="dialog-body">{children}</div>
          {actions && <div class="dialog-actions">{actions}</div>}
        </div>
      </InsideDialog.Provider>
    </dialog>
  )
}
