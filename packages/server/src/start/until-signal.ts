const FORCED_EXIT_CODE = 130

export interface Stopping {
  /** True from the first signal on: whatever fails then, fails because everything is being stopped. */
  readonly begun: boolean
}

/**
 * Runs `stop` at the first SIGINT, SIGTERM or SIGHUP and then ends the process; a second signal does not wait (the
 * database notices by itself, and nothing acknowledged is lost).
 */
export function stopOnSignal(stop: () => Promise<void>, say: (line: string) => void): Stopping {
  const stopping = { begun: false }
  const onSignal = (): void => {
    if (stopping.begun) process.exit(FORCED_EXIT_CODE)
    stopping.begun = true
    say('stopping: requests, jobs, database (again to force)')
    stop().then(
      () => {
        say('stopped')
        process.exit(0)
      },
      (cause: unknown) => {
        say(`stopping went wrong, nothing acknowledged is lost: ${String(cause)}`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return stopping
}
