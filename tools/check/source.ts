import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'oxc-parser'

/** One import of a file, whatever its form: import, export from, import() or a type's import(). */
export type Import = { specifier: string; typeOnly: boolean; line: number }

/** `ofObject` tells `reply.write()` from `write()`. */
export type Call = { name: string; ofObject: boolean; line: number; texts: string[] }

/** What the rules need to know of one source file. `file` is relative to the root, with forward slashes. */
export type Source = { file: string; text: string; imports: Import[]; calls: Call[] }

type Node = { type: string; start: number; [key: string]: unknown }

export function readSource(root: string, file: string): Source {
  return parseSource(file, readFileSync(path.join(root, file), 'utf8'))
}

/**
 * Reads imports and calls out of TypeScript. A call's name is its last word (`test` for `test.each(…)('…')`
 * too, whose first word counts); its texts are the literal strings among its arguments, or what a template's tag gets.
 */
export function parseSource(file: string, text: string): Source {
  const { program, errors } = parseSync(file, text)
  const fault = errors.find(({ severity }) => severity === 'Error')
  if (fault) throw new Error(`${file} cannot be read: ${fault.message}`)
  const source: Source = { file, text, imports: [], calls: [] }
  const lineAt = lineCounter(text)
  const testNames = new Set<string>()
  visit(program as unknown as Node, (node) => {
    const found = importOf(node)
    if (found) source.imports.push({ ...found, line: lineAt(node.start) })
    const call = callOf(node)
    if (call) source.calls.push({ ...call, line: lineAt(node.start) })
    const alias = testAliasOf(node)
    if (alias) testNames.add(alias)
  })
  for (const call of source.calls) if (testNames.has(call.name)) call.name = 'test'
  return source
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child !== null && typeof child === 'object' && typeof (child as Node).type === 'string') {
        visit(child as Node, see)
      }
    }
  }
}

function importOf(node: Node): Omit<Import, 'line'> | undefined {
  const from = (node.source ?? undefined) as Node | undefined
  const specifier = typeof from?.value === 'string' ? from.value : undefined
  if (specifier === undefined) return undefined
  switch (node.type) {
    case 'ImportDeclaration':
      return { specifier, typeOnly: node.importKind === 'type' || allTypes(node.specifiers, 'importKind') }
    case 'ExportNamedDeclaration':
      return { specifier, typeOnly: node.exportKind === 'type' || allTypes(node.specifiers, 'exportKind') }
    case 'ExportAllDeclaration':
      return { specifier, typeOnly: node.exportKind === 'type' }
    case 'ImportExpression':
      return { specifier, typeOnly: false }
    case 'TSImportType':
      return { specifier, typeOnly: true }
    default:
      return undefined
  }
}

function allTypes(specifiers: unknown, kind: 'importKind' | 'exportKind'): boolean {
  const list = (specifiers ?? []) as Node[]
  return list.length > 0 && list.every((each) => each[kind] === 'type')
}

function callOf(node: Node): Omit<Call, 'line'> | undefined {
  if (node.type === 'TaggedTemplateExpression')
    return named(node.tag as Node, literalText(node.quasi as Node))
  if (node.type !== 'CallExpression') return undefined
  return named(node.callee as Node, ((node.arguments ?? []) as Node[]).flatMap(literalText))
}

function named(callee: Node, texts: string[]): Omit<Call, 'line'> | undefined {
  const name = lastWord(callee)
  return name === undefined ? undefined : { name, ofObject: callee.type === 'MemberExpression', texts }
}

function lastWord(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name as string
  if (node.type === 'MemberExpression') {
    const property = node.property as Node
    const first = firstWord(node.object as Node)
    return first !== undefined && TEST_WORDS.has(first) ? first : (property.name as string | undefined)
  }
  if (node.type === 'CallExpression') return lastWord(node.callee as Node)
  if (node.type === 'TaggedTemplateExpression') return lastWord(node.tag as Node)
  return undefined
}

function firstWord(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name as string
  if (node.type === 'MemberExpression') return firstWord(node.object as Node)
  if (node.type === 'CallExpression') return firstWord(node.callee as Node)
  return undefined
}

export const TEST_WORDS = new Set(['test', 'it', 'describe', 'suite'])

/** `footage` of `const footage = test.skipIf(…)`: a test by another name. */
function testAliasOf(node: Node): string | undefined {
  if (node.type !== 'VariableDeclarator' || !node.init) return undefined
  const name = lastWord(node.init as Node)
  return name !== undefined && TEST_WORDS.has(name) ? lastWord(node.id as Node) : undefined
}

function literalText(node: Node): string[] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value]
  if (node.type !== 'TemplateLiteral') return []
  const parts = node.quasis as { value: { cooked: string | null } }[]
  return [parts.map(({ value }) => value.cooked ?? '').join('…')]
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1
}
