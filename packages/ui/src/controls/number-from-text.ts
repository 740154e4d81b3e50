const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6] // Arabic, Persian, Devanagari, Bengali

/** A number as people write it: digits of common scripts, ',' or '٫' as decimal mark. null when it is none. */
export function numberFromText(text: string): number | null {
  const plain = Array.from(text.trim(), (char) => {
    const code = char.codePointAt(0) ?? 0
    const zero = ZEROS.find((start) => code >= start && code <= start + 9)
    return zero === undefined ? char : String(code - zero)
  })
    .join('')
    .replace(/[\s\u00a0\u202f٬]/g, '')
    .replace(/[,٫]/g, '.')
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null
}
