import path from 'node:path'
import { runNode } from './child.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node24.mjs'
import { ROOT } from './root.mjs'
import { say } from './say.mjs'

/** What `chiron` ends with when it cannot even begin: see the exit codes of `chiron help`. */
const OUR_FAULT = 5

/** Runs the `chiron` command on Node 24 in the caller's folder and ends this process with its exit code. */
export async function runCommand(args) {
  try {
    await ensureInstalled(ROOT)
    const program = path.join(ROOT, 'apps/cli/src/main.ts')
    // From any folder: the Chiron that `npm start` runs here.
    const env = { CHIRON_HOME: process.env.CHIRON_HOME || path.join(ROOT, '.chiron') }
    process.exitCode = await runNode(findNode(ROOT), [program, ...args], { cwd: process.cwd(), env })
  } catch (error) {
    say(error.message)
    process.exitCode = OUR_FAULT
  }
}
