import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate, openChiron, readConfig, startPostgres } from '@chiron/server'
import { runProgram } from './program.ts'

export type Generated = { file: string; text: string }

const SCHEMA = 'packages/server/src/platform/db/schema.ts'
const OPENAPI = 'docs/openapi.json'
const CODEGEN = [
  ...['--dialect', 'postgres', '--default-schema', 'public', '--include-pattern', 'public.*'],
  ...['--singularize', '--type-mapping', '{"int8":"number"}'],
]

/** What follows from other sources, as it should read now: table types from the migrations, the API from its routes. */
export async function generatedFiles(root: string): Promise<Generated[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chiron-generate-'))
  const quiet = (): void => undefined
  const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), log: quiet, durable: false })
  try {
    await migrate({ url: postgres.url('chiron_owner'), log: quiet })
    const schema = await tableTypes(root, postgres.url('chiron_owner'), path.join(folder, 'schema.ts'))
    const openapi = await apiDocument(folder, postgres.url('chiron_app'))
    return [
      { file: SCHEMA, text: await formatted(root, SCHEMA, schema) },
      { file: OPENAPI, text: openapi },
    ]
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

async function tableTypes(root: string, url: string, outFile: string): Promise<string> {
  const program = path.join(root, 'node_modules/kysely-codegen/dist/cli/bin.js')
  const { code, output } = await runProgram([program, ...CODEGEN, '--url', url, '--out-file', outFile], root)
  if (code !== 0) throw new Error(`kysely-codegen ended with ${code}: ${output}`)
  return readFile(outFile, 'utf8')
}

async function apiDocument(home: string, databaseUrl: string): Promise<string> {
  const config = readConfig({ CHIRON_HOME: home, PORT: '0', ROLE: 'web', LOG_LEVEL: 'error' })
  const chiron = await openChiron({ config, databaseUrl })
  try {
    await chiron.http?.ready()
    return oneLineAnOperation({ ...chiron.http?.swagger() })
  } finally {
    await chiron.stop()
  }
}

/** JSON in which a change of one operation is a change of one line. */
function oneLineAnOperation({ paths = {}, ...rest }: Record<string, unknown>): string {
  const lines = Object.entries(paths as Record<string, Record<string, unknown>>).map(([at, operations]) => {
    const each = Object.entries(operations).map(
      ([method, o]) => `    ${JSON.stringify(method)}: ${JSON.stringify(o)}`,
    )
    return `  ${JSON.stringify(at)}: {\n${each.join(',\n')}\n  }`
  })
  const head = Object.entries(rest).map(
    ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  )
  return `{\n${head.join('\n')}\n"paths": {\n${lines.join(',\n')}\n}\n}\n`
}

/** As the formatter leaves a source of this name. */
async function formatted(root: string, file: string, text: string): Promise<string> {
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
  const child = spawn(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${file}`], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  let result = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    result += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  child.stdin.end(text)
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`${file} cannot be formatted: ${said}`)
  return result
}
