interface Place {
  value: unknown
  path: readonly string[]
}

/**
 * Where, in what was sent, lies a text that PostgreSQL cannot keep as it is: U+0000, or half of a surrogate pair; as a
 * path of keys joined by dots. Undefined when all can be kept.
 */
export function unkeepableField(sent: unknown): string | undefined {
  const places: Place[] = [{ value: sent, path: [] }]
  for (let place = places.pop(); place; place = places.pop()) {
    const { value, path } = place
    if (typeof value === 'string' && !isKeepable(value)) return path.join('.')
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (!isKeepable(key)) return path.join('.')
      places.push({ value: inner, path: [...path, key] })
    }
  }
  return undefined
}

const isKeepable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
