import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import type { Messages } from './create-i18n.ts'

const NO_PARSER = '\0chiron-no-message-parser'
const CATALOGUE = /\/(messages\/.+|i18n\/messages-[a-z]+)\.ts$/

const AS_IT_IS = `export const compileMessage = (text) => [text]
export const compileMessageOrThrow = compileMessage
`

/** As much of a Vite plugin as this one needs. */
type MessagesPlugin = {
  name: string
  apply: 'build'
  enforce: 'pre'
  resolveId: (id: string) => string | undefined
  load: (id: string) => Promise<string | undefined>
  generateBundle: (options: unknown, bundle: Bundle) => void
}

type Bundle = Readonly<Record<string, { type: string; code?: string; moduleIds?: readonly string[] }>>

/**
 * In a built app the texts are compiled already, so that a phone loads no parser of ICU messages. A text that
 * cannot be read ends the build. `without`: keys of components that the app does not have; a built file that
 * names one of them ends the build.
 */
export function compiledMessages({ without = /^$/ }: { without?: RegExp } = {}): MessagesPlugin {
  return {
    name: 'chiron-compiled-messages',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id === '@lingui/message-utils/compileMessage' ? NO_PARSER : undefined),
    load: async (id) => {
      if (id === NO_PARSER) return AS_IT_IS
      if (!CATALOGUE.test(id)) return undefined
      // Asked for anew each time: a watching build reads the file as it is now.
      return catalogueModule(await import(/* @vite-ignore */ `${pathAsUrl(id)}?at=${Date.now()}`), without)
    },
    generateBundle: (_options, bundle) => {
      const missed = namedThough(without, bundle)
      if (missed.length > 0) throw new Error(`the build leaves out texts that it names: ${missed.join(', ')}`)
    },
  }
}

/** Keys of components that `without` leaves out and that code of the bundle, catalogues apart, still names. */
export function namedThough(without: RegExp, bundle: Bundle): string[] {
  const named = Object.values(bundle)
    .filter(({ moduleIds = [] }) => !moduleIds.some((id) => CATALOGUE.test(id)))
    .flatMap(({ code = '' }) => [...code.matchAll(/["'`](ui\.[a-z]+\.[\w.-]*)/gi)].map((match) => match[1]!))
  return [...new Set(named.filter((key) => without.test(key)))].sort()
}

const pathAsUrl = (path: string): string => new URL(`file://${path.startsWith('/') ? '' : '/'}${path}`).href

/** The source of a module with the same names: texts without arguments as they are, the others compiled. */
export function catalogueModule(exports: Record<string, Messages>, without = /^$/): string {
  return Object.entries(exports)
    .map(([name, messages]) => `export const ${name} = ${JSON.stringify(compileAll(messages, without))}\n`)
    .join('')
}

function compileAll(messages: Messages, without: RegExp): Record<string, unknown> {
  const wanted = Object.entries(messages).filter(([key]) => !without.test(key))
  return Object.fromEntries(
    wanted.map(([key, text]) => {
      const tokens = compileMessageOrThrow(text)
      return [key, tokens.length === 1 && typeof tokens[0] === 'string' ? tokens[0] : tokens]
    }),
  )
}
