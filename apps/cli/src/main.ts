import { exitCodeOf } from './exit.ts'
import { plainArguments, program } from './program.ts'

const given = plainArguments(process.argv.slice(2))
const json = given.includes('--json')

try {
  await program({ wide: process.stdout.isTTY === true, json }).parseAsync(given, { from: 'user' })
} catch (cause) {
  process.exitCode = exitCodeOf(cause, json)
}
