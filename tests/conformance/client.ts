import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@chiron/client'
import { accountRoutes, ontologyRoutes, suiteRoutes } from '@chiron/contract'
import { makeClip } from '@chiron/formats/node/testing'
import { KITCHEN } from '../e2e/arena-lab.ts'
import { signInAsMember } from '../e2e/worker-phone.ts'
import { type Instance, startInstance } from '../instance.ts'

/** A Chiron that runs, with a frozen suite, a key, and a clip to send. */
export interface ForClient {
  instance: Instance
  env: Record<string, string>
  clip: string
}

/** What the Python client is tried against: the whole server, as `npm start` starts it. */
export async function startForClient(work: string): Promise<ForClient> {
  const instance = await startInstance()
  const owner = await signInAsMember(instance, 'owner')
  const { secret } = await owner(accountRoutes.makeKey, { body: { name: 'evaluation', role: 'manager' } })
  const client = createClient({ baseUrl: instance.url, apiKey: secret })
  const { items } = await client.call(ontologyRoutes.list)
  const [ontology] = items
  if (!ontology) throw new Error('the demo workspace has a vocabulary')
  const made = await client.call(suiteRoutes.create, {
    body: { name: 'Kitchen', ontologyId: ontology.id, ontologyVersion: ontology.latestVersion },
  })
  const params = { suiteId: made.suiteId, version: 1 }
  const draft = await client.call(suiteRoutes.change, {
    params,
    body: { revision: made.revision, content: KITCHEN },
  })
  await client.call(suiteRoutes.freeze, { params, body: { revision: draft.revision } })
  const clip = await makeClip(join(work, 'client.mp4'), { seconds: 2 })
  writeFileSync(join(work, 'bad.csv'), 'time_ms,shoulder\n0,1\n20,2\n10,3\n')
  return { instance, env: { CHIRON_URL: instance.url, CHIRON_API_KEY: secret }, clip }
}
