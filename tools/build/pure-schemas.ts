type Located = { start: number; end: number }
type Declaration = Located & {
  type: string
  declarations?: { init?: (Located & { type: string }) | null }[]
  declaration?: Declaration | null
}

/** As much of a Vite plugin as this one needs. */
type PurePlugin = {
  name: string
  apply: 'build'
  transform: (
    this: { parse: (code: string) => unknown },
    code: string,
    id: string,
  ) => { code: string; map: null } | undefined
}

const CORE = /\/packages\/core\/src\/.+\.ts$/
/** How a schema, or a kind of question with its schemas, is made at the top of a module of core. */
const MAKES_SCHEMA = /^(?:z\.|defineKind\()/

/**
 * Says to the bundler that making a schema of core does nothing else. So those that an app never asks (the server does)
 * are left out of it, and with the last of them the library they are made with: 26 kB gz that a phone need not load.
 */
export function pureSchemas(): PurePlugin {
  return {
    name: 'chiron-pure-schemas',
    apply: 'build',
    transform(code, id) {
      if (!CORE.test(id)) return undefined
      const { body } = this.parse(code) as { body: Declaration[] }
      const marked = markedPure(code, body)
      return marked === code ? undefined : { code: marked, map: null }
    },
  }
}

/** `const a = z.b().c()` becomes `const a = PURE (() => z.b().c())()`: dropped as a whole where nobody names `a`. */
export function markedPure(code: string, body: readonly Declaration[]): string {
  const inits = body
    .map((statement) => statement.declaration ?? statement)
    .filter(({ type }) => type === 'VariableDeclaration')
    .flatMap(({ declarations = [] }) => declarations.flatMap(({ init }) => init ?? []))
    .filter(({ type, start, end }) => type === 'CallExpression' && MAKES_SCHEMA.test(code.slice(start, end)))
  return inits.toReversed().reduce((text, { start, end }) => {
    const made = text.slice(start, end)
    return `${text.slice(0, start)}/*#__PURE__*/ (() => ${made})()${text.slice(end)}`
  }, code)
}
