import { resolve } from 'node:path'
import { CannotInstall, pythonWith } from '../../tests/conformance/python.ts'

/** A Python that has the peer, in a folder of its own; undefined, after saying why, where it cannot be had. */
export function peerPython(requirement: string, size: string): string | undefined {
  const [name] = requirement.split('==')
  try {
    return pythonWith(resolve(import.meta.dirname, `../../.cache/${name}-venv`), [requirement], size)
  } catch (error) {
    if (!(error instanceof CannotInstall)) throw error
    console.log(`Skipped: ${error.message}`)
    return undefined
  }
}
