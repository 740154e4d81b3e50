import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { aggregateCommand } from './commands/aggregate.ts'
import { agreementCommand } from './commands/agreement.ts'
import { campaignCommand } from './commands/campaign.ts'
import { deploymentsCommand } from './commands/deployments.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { rankCommand } from './commands/rank.ts'
import { rolloutsCommand } from './commands/rollouts.ts'
import { simulateCommand } from './commands/simulate.ts'
import { stopCommand } from './commands/stop.ts'
import { suiteCommand } from './commands/suite.ts'
import { verifyCommand } from './commands/verify.ts'

const EXAMPLES = `
Examples:
  chiron campaign list
  chiron campaign create --template film-task --example cup.jpg --quota 50 --pay 0.60 --publish
  chiron import video ./clips --campaign 0192… --rights "Filmed by our own staff, who agreed in writing."
  chiron export 0192… --name towels-1 --out ./towels-1
  chiron verify ./towels-1
  chiron aggregate answers.csv --gold known.csv --out labels.csv
  chiron rollouts import lerobot ./eval-7 --policy pi-zero@step-40k --suite Kitchen@1
  chiron suite verify kitchen-1.json
  chiron simulate --count 20 --controllers good=0.9,poor=0.4 --video --out ./arena --suite Table --freeze
  chiron deployments import use.csv --policy pi-zero@step-40k

On the machine where \`npm start\` runs, nothing else is needed. From elsewhere give --server and --key, or set
CHIRON_URL and CHIRON_API_KEY; keys are made in the console under Settings.

Exit codes: 0 done · 1 does not hold, or some of it failed · 2 wrong use · 3 the server refused · 4 the server cannot
be reached · 5 a fault of ours.`

const WIDTH_MAX = 110
const WIDTH_IN_FILES = 100

interface Reader {
  /** A person reads along on a terminal. */
  wide: boolean
  /** A machine reads: faults are told as JSON, by whoever catches them. */
  json: boolean
}

/** The whole command line. Options of the program may stand before or after the command. */
export function program({ wide, json }: Reader): Command {
  const root = new Command('chiron')
    .description('Campaigns, datasets, rollouts and their proofs, from the command line.')
    .version(version(), '--version', 'which version this is')
    .option('--server <url>', 'where Chiron runs (or CHIRON_URL; default: the one this machine runs)')
    .option('--key <key>', 'an API key (or CHIRON_API_KEY)')
    .option('--json', 'print JSON for machines; faults too, on standard error')
    .helpOption('-h, --help', 'how to use it')
    .helpCommand('help [command...]', 'how to use a command')
    .addHelpText('after', EXAMPLES)
    .configureHelp({
      helpWidth: wide ? Math.min(process.stdout.columns ?? WIDTH_IN_FILES, WIDTH_MAX) : WIDTH_IN_FILES,
      showGlobalOptions: true,
    })
    .configureOutput({
      outputError: (text, write) => {
        if (!json) write(text)
      },
    })
    .showHelpAfterError(json ? false : '(chiron help shows how)')
    .exitOverride()
  const commands = [
    campaignCommand(),
    importCommand(),
    exportCommand(),
    verifyCommand(),
    aggregateCommand(),
    stopCommand(),
    agreementCommand(),
    rankCommand(),
    rolloutsCommand(),
    suiteCommand(),
    simulateCommand(),
    deploymentsCommand(),
  ]
  for (const command of commands) root.addCommand(command)
  for (const command of commands.flatMap(withInner)) command.copyInheritedSettings(root).helpCommand(false)
  return root
}

/** `help import video` means what `import video --help` says. */
export function plainArguments(given: readonly string[]): string[] {
  const [first, ...rest] = given
  return first === 'help' ? [...rest, '--help'] : [...given]
}

const withInner = (command: Command): Command[] => [command, ...command.commands.flatMap(withInner)]

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
