import { useCallback, useRef, useState } from 'preact/hooks'
import { refresh } from './queries.ts'

export type Act<Input, Result> = {
  /** Resolves to undefined when it was refused; `error` then says why. */
  run: (input: Input) => Promise<Result | undefined>
  busy: boolean
  /** What it gave last. */
  result: Result | undefined
  error: Error | null
}

/** Something a person does once at a time; what it changed is asked for again when it is done. */
export function useAct<Input = void, Result = unknown>(
  act: (input: Input) => Promise<Result>,
  stale: readonly string[] = [],
): Act<Input, Result> {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const [result, setResult] = useState<Result | undefined>(undefined)
  const latest = useRef(act)
  latest.current = act
  const run = useCallback(async (input: Input) => {
    setBusy(true)
    setError(null)
    try {
      const given = await latest.current(input)
      setResult(given)
      return given
    } catch (cause) {
      setError(cause as Error)
      return undefined
    } finally {
      setBusy(false)
      refresh(...stale)
    }
  }, [])
  return { run, busy, error, result }
}
