/** A place in a clip as people say it: 83_456 → '1:23'. The same digits in every language, as on a film counter. */
export function momentText(momentMs: number): string {
  const seconds = Math.floor(Math.max(0, momentMs) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
