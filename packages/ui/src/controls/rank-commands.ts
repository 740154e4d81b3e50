export type Command = {
  id: string
  label: string
  /** Heading it stands under. */
  group?: string
  /** Other words that find it. */
  words?: string
  keys?: string
  run: () => void
}

/**
 * Commands that fit a query, best first. Every word of the query must appear: at the start of a word (3),
 * inside one (2), or as letters in order (1). Ties keep the given order.
 */
export function rankCommands<Kind extends Pick<Command, 'label' | 'words'>>(
  commands: readonly Kind[],
  query: string,
): Kind[] {
  const words = fold(query).split(/\s+/).filter(Boolean)
  return commands
    .map((command, at) => ({
      command,
      at,
      score: scoreOf(fold(`${command.label} ${command.words ?? ''}`), words),
    }))
    .filter((row) => row.score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
    .map((row) => row.command)
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function scoreOf(text: string, words: readonly string[]): number {
  let score = 1
  for (const word of words) {
    const at = text.indexOf(word)
    if (at === 0 || text[at - 1] === ' ') score += 3
    else if (at > 0) score += 2
    else if (lettersInOrder(text, word)) score += 1
    else return 0
  }
  return score
}

function lettersInOrder(text: string, word: string): boolean {
  let from = 0
  for (const letter of word) {
    from = text.indexOf(letter, from) + 1
    if (from === 0) return false
  }
  return true
}
