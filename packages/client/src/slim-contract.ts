import * as contract from '@chiron/contract'

const VIRTUAL = '\0chiron-slim-contract'

/** As much of a Vite plugin as this one needs. */
type SlimPlugin = {
  name: string
  enforce: 'pre'
  resolveId: (id: string) => string | undefined
  load: (id: string) => string | undefined
}

/**
 * In an app's bundle the contract's routes are method and path alone. The server checks what comes in and made
 * what goes out, so that a phone need not load the schemas (38 kB gz) to ask.
 */
export function slimContract(): SlimPlugin {
  return {
    name: 'chiron-slim-contract',
    enforce: 'pre',
    resolveId: (id) => (id === '@chiron/contract' ? VIRTUAL : undefined),
    load: (id) => (id === VIRTUAL ? slimModule(contract) : undefined),
  }
}

/** The source of a module with the same names: constants and path functions as they are, schemas as shapes. */
export function slimModule(exports: Record<string, unknown>): string {
  const lines = Object.entries(exports).map(([name, value]) => `export const ${name} = ${sourceOf(value)}`)
  return `${SHAPE}\n${lines.join('\n')}\n`
}

/** Only what must be told apart in the browser is: an object with these keys, or something else. */
const SHAPE = `const shape = (keys) => ({
  safeParse: (data) => keys.every((key) => typeof data === 'object' && data !== null && key in data)
    ? { success: true, data } : { success: false },
})`

function sourceOf(value: unknown): string {
  if (typeof value === 'function') return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if ('safeParse' in value) return `/*#__PURE__*/ shape(${JSON.stringify(requiredKeys(value))})`
  if ('method' in value && 'path' in value) {
    return JSON.stringify({ method: value.method, path: value.path })
  }
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${sourceOf(field)}`)
  return `{ ${fields.join(', ')} }`
}

function requiredKeys(schema: object): string[] {
  const { shape } = schema as { shape?: Record<string, { safeParse(value: unknown): { success: boolean } }> }
  if (shape === undefined) return []
  return Object.keys(shape).filter((key) => !shape[key]!.safeParse(undefined).success)
}
