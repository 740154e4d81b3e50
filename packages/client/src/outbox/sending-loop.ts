/** While another page sends, or the storage is out of reach, look again this often. */
export const OTHER_SENDER_MS = 3_000

export type SendingLoop = { run: () => void }

/**
 * Calls `pass` now, again if asked meanwhile, and then whenever something is due: `waitMs` until then, or
 * undefined when nothing is left. `pass` says false when another page was at it.
 */
export function sendingLoop(options: {
  pass: () => Promise<boolean>
  waitMs: () => Promise<number | undefined>
  signal: AbortSignal
}): SendingLoop {
  const { signal } = options
  let running = false
  let again = false
  let timer: ReturnType<typeof setTimeout> | undefined
  signal.addEventListener('abort', () => clearTimeout(timer))
  const later = (delayMs: number): void => {
    clearTimeout(timer)
    if (!signal.aborted) timer = setTimeout(run, delayMs)
  }
  const once = async (): Promise<void> => {
    const sent = await options.pass()
    const waitMs = await options.waitMs()
    if (waitMs !== undefined) later(sent ? waitMs : Math.max(waitMs, OTHER_SENDER_MS))
  }
  function run(): void {
    if (signal.aborted) return
    again = running
    if (running) return
    running = true
    void once()
      .catch(() => later(OTHER_SENDER_MS))
      .finally(() => {
        running = false
        if (again) run()
      })
  }
  return { run }
}
