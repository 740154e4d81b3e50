import { type ComponentChildren, createContext } from 'preact'
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks'
import { useI18n } from '../i18n/context.tsx'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { type Tone, toneIcons } from './tone.ts'

/** Long enough to read and to reach Undo; the clock stops while a toast is pointed at or focused. */
export const TOAST_MS = 8000
const MAX_TOASTS = 3

export type ToastMessage = {
  text: string
  tone?: Tone
  /** Offers Undo and runs this. */
  undo?: () => void
  /** Runs when it goes without Undo: its time is over, it was closed, or newer ones pushed it out. */
  onGone?: () => void
  /** How long it stays, in milliseconds. */
  durationMs?: number
}

type Shown = ToastMessage & { id: number }

/** Shows a message; gives back what takes it away again, without its `onGone`. */
type ShowToast = (message: ToastMessage) => () => void

const ToastContext = createContext<ShowToast>(() => () => {})

/** Says something short at the bottom of the screen: `toast({ text: 'Returned', undo })`. */
export function useToast(): ShowToast {
  return useContext(ToastContext)
}

/** Holds the toasts of everything inside; one near the root of an app. */
export function ToastProvider({ children }: { children: ComponentChildren }) {
  const [shown, setShown] = useState<Shown[]>([])
  const lastId = useRef(0)
  const drop = useCallback(
    (id: number) => setShown((before) => before.filter((toast) => toast.id !== id)),
    [],
  )
  const show = useCallback((message: ToastMessage) => {
    lastId.current += 1
    const id = lastId.current
    setShown((before) => [...before, { ...message, id }])
    return () => drop(id)
  }, [])
  useEffect(() => {
    if (shown.length <= MAX_TOASTS) return
    for (const old of shown.slice(0, -MAX_TOASTS)) old.onGone?.()
    setShown((before) => before.slice(-MAX_TOASTS))
  }, [shown])
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div class="toasts" role="status" aria-live="polite">
        {shown.map((toast) => (
          <Toast key={toast.id} message={toast} onDrop={() => drop(toast.id)} />
        ))}
      </div>
    </ToastContext.Provider>
  )
}

function Toast({ message, onDrop }: { message: ToastMessage; onDrop: () => void }) {
  const { t } = useI18n()
  const go = () => {
    message.onGone?.()
    onDrop()
  }
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(go, message.durationMs ?? TOAST_MS)
    return () => clearTimeout(timer)
  }, [held])
  const tone = message.tone ?? 'neutral'
  return (
    <div
      class={`toast toast-${tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      {tone !== 'neutral' && <Icon name={toneIcons[tone]} size={18} />}
      <span class="toast-text">{message.text}</span>
      {message.undo && (
        <Button
          kind="quiet"
          icon="undo"
          onClick={() => {
            message.undo?.()
            onDrop()
          }}
        >
          {t('ui.action.undo')}
        </Button>
      )}
      <IconButton icon="close" label={t('ui.action.close')} onClick={go} />
    </div>
  )
}
