import { useEffect, useState } from 'preact/hooks'

const TYPING_MS = 200

/** A text as it was when the person last paused: what is asked of the server. */
export function useLater(text: string): string {
  const [later, setLater] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  return later
}
