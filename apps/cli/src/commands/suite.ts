import fs from 'node:fs/promises'
import { suiteRoutes } from '@chiron/contract'
import { type SuiteVerdict, verifySuite } from '@chiron/core/suite'
import { Command } from 'commander'
import { type ConnectionOptions, connect } from '../connection.ts'
import { DoesNotHold, UsageError } from '../exit.ts'
import { print } from '../print.ts'
import { suiteOf } from './arena-names.ts'

type Options = ConnectionOptions & { json?: boolean; out: string; suiteKey?: string }

/** `chiron suite get|verify` */
export function suiteCommand(): Command {
  const root = new Command('suite').description('frozen suites, as they were signed')
  root
    .command('get <name@version>')
    .description('write a frozen suite to a file, as it was signed')
    .requiredOption('--out <file>', 'where to')
    .action((name: string, _options, command: Command) => getSuite(name, command.optsWithGlobals<Options>()))
  root
    .command('verify <file>')
    .description('check a frozen suite offline: that nothing changed since it was signed')
    .option('--suite-key <key>', 'the key you expect it to be signed with')
    .action((file: string, _options, command: Command) =>
      checkSuite(file, command.optsWithGlobals<Options>()),
    )
  return root
}

async function getSuite(name: string, { json, out, ...options }: Options): Promise<void> {
  const server = await connect(options)
  const { suiteId, suiteVersion: version } = await suiteOf(server, name)
  const { envelope, key } = await server.call(suiteRoutes.signed, { params: { suiteId, version } })
  await fs.writeFile(out, envelope)
  print(json, { file: out, key }, [`${out} written. Its key: ${key}`])
}

const WHY = {
  'key-malformed': 'the key is damaged',
  'envelope-malformed': 'the file is no signed suite, or is damaged',
  'not-a-suite': 'what is signed is not a suite',
  'signature-missing': 'it was signed by another key',
  'signature-wrong': 'it was changed after it was signed',
} as const

async function checkSuite(file: string, { json, suiteKey }: Options): Promise<void> {
  const text = await fs.readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) throw new UsageError(`${file} cannot be read.`)
  const verdict = verifySuite(text, suiteKey)
  print(json, verdict, verdictLines(verdict))
  if (!verdict.holds) throw new DoesNotHold(`${file} does not hold: ${WHY[verdict.reason]}.`)
}

function verdictLines(verdict: SuiteVerdict): string[] {
  if (!verdict.holds) return [`✗ ${WHY[verdict.reason]}`]
  const { name, version, frozenAt, signedBy, content } = verdict.statement
  const signer = signedBy.split('+').slice(0, 2).join('+')
  const trust = verdict.isPinned
    ? `Trusted: the key you gave, ${signer}.`
    : `Trusted: the key inside the file, ${signer}. This shows that nothing changed since it was signed, not who ` +
      'signed it. Get the key from the team by another way and give it with --suite-key.'
  return [
    `✓ ${name}, version ${version}, frozen ${frozenAt}: ${content.scenarios.length} scenarios, ${content.factors.length} factors`,
    `✓ signed by ${signer}`,
    `i ${trust}`,
    'It holds.',
  ]
}
