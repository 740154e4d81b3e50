import fs from 'node:fs/promises'
import path from 'node:path'
import { readFolder } from '@chiron/formats/node'
import { type ReleaseVerdict, verifyRelease } from '@chiron/formats/proof'
import { Command } from 'commander'
import { DoesNotHold, UsageError } from '../exit.ts'
import { print } from '../print.ts'

interface Options {
  json?: boolean
  releaseKey?: string
  logKey?: string
}

/** `chiron verify DIR` */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check a dataset offline: every file, signature, log proof, consent and structure')
    .argument('<dir>', 'the folder of the release')
    .option('--release-key <key>', 'the key you expect it to be signed with')
    .option('--log-key <key>', 'the verifier key of the log you expect it to be in')
    .action(async (dir: string, _options, command: Command) => {
      const options = command.optsWithGlobals<Options>()
      const verdict = await verifyFolder(path.resolve(dir), options)
      print(options.json, verdict, verdictLines(verdict))
      if (!verdict.holds) throw new DoesNotHold(`${dir} does not hold; the lines marked ✗ say why.`)
    })
}

/** Verifies a folder; refuses one that is not there. */
export async function verifyFolder(
  dir: string,
  { releaseKey, logKey }: Pick<Options, 'releaseKey' | 'logKey'>,
): Promise<ReleaseVerdict> {
  const stat = await fs.stat(dir).catch(() => undefined)
  if (!stat?.isDirectory()) throw new UsageError(`${dir} is not a folder.`)
  return verifyRelease(readFolder(dir), {
    ...(releaseKey ? { releaseKey } : {}),
    ...(logKey ? { logKey } : {}),
  })
}

/** The verdict in words; each thing that does not hold names its file. */
export function verdictLines({ holds, trust, checks }: ReleaseVerdict): string[] {
  const lines = checks.map(({ holds: good, what, file }) => {
    if (good) return `✓ ${what}`
    return file === undefined || what.includes(file) ? `✗ ${what}` : `✗ ${file}: ${what}`
  })
  return [...lines, `i ${trust}`, holds ? 'It holds.' : 'It does NOT hold.']
}
