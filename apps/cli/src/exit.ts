import { CallError } from '@chiron/client'
import { CommanderError } from 'commander'

/** What the exit code of `chiron` means; scripts may rely on these. */
const EXIT = { ok: 0, doesNotHold: 1, usage: 2, refused: 3, unreachable: 4, fault: 5 } as const

/** A wrong use of the command, said in words. */
export class UsageError extends Error {}
/** Something was looked at and does not hold (`verify`), or part of the work failed (`import`). */
export class DoesNotHold extends Error {}
/** Nobody answers at the address. */
export class Unreachable extends Error {
  constructor(url: string) {
    super(
      `There is no answer from ${url}. Is Chiron running there (npm start)? ` +
        'What it had confirmed before is kept; the same command can be given again.',
    )
  }
}

/** Says on standard error what went wrong, and gives the exit code for it. */
export function exitCodeOf(cause: unknown, json: boolean): number {
  const [exitCode, code] = classify(cause)
  if (exitCode === EXIT.ok) return exitCode
  const message = cause instanceof Error ? cause.message.replace(/^error: /, '') : String(cause)
  if (json) process.stderr.write(`${JSON.stringify({ code, message, exitCode })}\n`)
  // Commander has already told people of its own usage faults.
  else if (!(cause instanceof CommanderError)) process.stderr.write(`chiron: ${message}\n`)
  return exitCode
}

function classify(cause: unknown): [number, string] {
  if (cause instanceof CommanderError) return [cause.exitCode === 0 ? EXIT.ok : EXIT.usage, 'usage']
  if (cause instanceof UsageError) return [EXIT.usage, 'usage']
  if (cause instanceof DoesNotHold) return [EXIT.doesNotHold, 'does-not-hold']
  if (cause instanceof Unreachable) return [EXIT.unreachable, 'unreachable']
  if (cause instanceof CallError) return [EXIT.refused, cause.code]
  return [EXIT.fault, 'fault']
}
