import { embodimentRoutes, policyRoutes, suiteRoutes } from '@chiron/contract'
import type { Server } from '../connection.ts'
import { UsageError } from '../exit.ts'

/** `name@rest`; the name itself may hold an @. */
export function splitAt(text: string, option: string): [name: string, rest: string] {
  const at = text.lastIndexOf('@')
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)]
  throw new UsageError(`${option} ${text} is not of the form name@version.`)
}

/** The id of a policy's version, made when it is not there yet. */
export async function policyVersionId(server: Server, text: string): Promise<string> {
  const [name, label] = splitAt(text, '--policy')
  const policy = await server.call(policyRoutes.create, { body: { name } })
  const params = { policyId: policy.id }
  return (await server.call(policyRoutes.addVersion, { params, body: { label } })).id
}

export interface SuiteOf {
  suiteId: string
  suiteVersion: number
}

/** A suite and version by `name@version`, or `id@version`. */
export async function suiteOf(server: Server, text: string): Promise<SuiteOf> {
  const [name, digits] = splitAt(text, '--suite')
  const suiteVersion = Number(digits)
  if (!Number.isInteger(suiteVersion) || suiteVersion < 1)
    throw new UsageError(`--suite ${text}: “${digits}” is not the number of a version.`)
  const { items } = await server.call(suiteRoutes.list, { query: { search: name, limit: 200 } })
  const found = items.find((suite) => suite.name === name)
  if (found) return { suiteId: found.id, suiteVersion }
  throw new UsageError(`--suite ${text}: there is no suite named “${name}”.`)
}

export async function embodimentId(server: Server, name: string): Promise<string> {
  const { items } = await server.call(embodimentRoutes.list, {})
  const found = items.find((each) => each.name === name)
  if (found) return found.id
  throw new UsageError(`--embodiment ${name}: there is none of this name.`)
}
