import { randomUUID } from 'node:crypto'
import { type Client, createClient } from '@chiron/client'
import {
  accountRoutes,
  type Body,
  type CampaignDraft,
  campaignRoutes,
  consentRoutes,
  mediaPaths,
  ontologyRoutes,
  payRoutes,
} from '@chiron/contract'
import { starterOntology } from '@chiron/core/ontology'
import type { ServerProcess } from './server-process.ts'
import { sendWhole } from './tus-sender.ts'

/** Somebody signed in, with what identifies them in plain requests. */
export interface Person {
  client: Client
  headers: Record<string, string>
}
export interface Worker extends Person {
  workerId: string
  name: string
}
export interface Lab {
  server: ServerProcess
  slug: string
  workspaceId: string
  owner: Person
  manager: Person
  reviewer: Person
  auditor: Person
  /** Draft parts that every campaign here needs. */
  base: { exampleMediaId: string; ontologyId: string; ontologyVersion: number }
  worker(name: string): Promise<Worker>
  publish(draft: Omit<CampaignDraft, keyof Lab['base']>): Promise<string>
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A workspace made as people make one: the command, the link, then the API. The server must be running. */
export async function openLab(server: ServerProcess, name = 'Fault lab'): Promise<Lab> {
  const said = await server.run('create', name, 'Olga Owner')
  const token = /\/console\/in#(\S+)/.exec(said)?.[1] ?? ''
  const owner = await signedIn(server, accountRoutes.signInByLink, { token })
  const me = await owner.client.call(accountRoutes.me)
  if (me.as !== 'member') throw new Error('the link is an owner’s')
  const keyOf = async (role: 'manager' | 'reviewer' | 'auditor'): Promise<Person> => {
    const { secret } = await owner.client.call(accountRoutes.makeKey, { body: { name: role, role } })
    const client = createClient({ baseUrl: server.url, apiKey: secret })
    return { client, headers: client.headers() }
  }
  // Decisions are a person's: the reviewer signs in, programs have keys.
  const { url } = await owner.client.call(accountRoutes.addMember, {
    body: { name: 'Rita Reviewer', role: 'reviewer' },
  })
  const reviewer = await signedIn(server, accountRoutes.signInByLink, { token: url.split('#')[1] ?? '' })
  const manager = await keyOf('manager')
  const base = await makeBase(manager, server)
  const { code } = await owner.client.call(accountRoutes.makeInvite, {
    body: { label: 'faults', uses: 1000, days: 1 },
  })
  return {
    server,
    slug: me.workspace.slug,
    workspaceId: me.workspace.id,
    owner,
    manager,
    reviewer,
    auditor: await keyOf('auditor'),
    base,
    worker: async (workerName) => {
      const body = { code: code ?? '', name: workerName, locale: 'en' }
      const person = await signedIn(server, accountRoutes.join, body)
      const joined = await person.client.call(accountRoutes.me)
      if (joined.as !== 'worker') throw new Error('an invite makes workers')
      return { ...person, workerId: joined.workerId, name: workerName }
    },
    publish: async (draft) => {
      const { id } = await manager.client.call(campaignRoutes.create, { body: { ...draft, ...base } })
      await manager.client.call(campaignRoutes.publish, { params: { campaignId: id } })
      return id
    },
  }
}

async function makeBase(manager: Person, server: ServerProcess): Promise<Lab['base']> {
  const { name, terms } = starterOntology
  const body = { name, terms: terms.map((term) => ({ ...term })) } as Body<typeof ontologyRoutes.create>
  const { ontologyId, version } = await manager.client.call(ontologyRoutes.create, { body })
  await manager.client.call(payRoutes.fund, {
    body: { id: randomUUID(), amount: { amountMinor: 50_000_000, currency: 'USD' }, reference: 'faults' },
  })
  const { uploadId } = await sendWhole(
    { url: `${server.url}${mediaPaths.uploads}`, headers: manager.headers },
    { bytes: PIXEL, metadata: { purpose: 'brief' } },
  )
  return { exampleMediaId: uploadId, ontologyId, ontologyVersion: version }
}

type SignIn = typeof accountRoutes.signInByLink | typeof accountRoutes.join

/** Signs in by one request and keeps its cookie. */
async function signedIn<T extends SignIn>(server: ServerProcess, route: T, body: Body<T>): Promise<Person> {
  const reply = await fetch(`${server.url}${route.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!reply.ok) throw new Error(`${route.path}: ${reply.status} ${await reply.text()}`)
  const headers = { cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const client = createClient({
    baseUrl: server.url,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...headers, ...init?.headers } }),
  })
  return { client, headers }
}

export async function agree({ client }: Person, campaignId: string): Promise<string> {
  const { id } = await client.call(consentRoutes.decide, {
    body: { campaignId, noticeVersion: 1, decision: 'given', locale: 'en' },
  })
  return id
}

const terms: CampaignDraft['terms'] = {
  payMinor: 50,
  currency: 'USD',
  estimateSeconds: 60,
  purpose: { en: 'Teach robots to tidy up.' },
  recipients: { en: 'The lab alone.' },
  retentionDays: 30,
}
const brief = { title: 'Cups', steps: ['Pick up the cup.'], success: 'It is in the hand.', avoid: [] }
type Draft = Omit<CampaignDraft, keyof Lab['base']>

/** Takes of half a second at least, judged by others. */
export const takes: Draft = {
  kind: 'demonstrate',
  title: { en: 'Cups' },
  briefs: { en: brief },
  terms,
  quota: 2000,
  perWorkerMax: null,
  leaseSeconds: 3600,
  config: {
    minSeconds: 0.5,
    maxSeconds: 10,
    camera: 'environment',
    orientation: 'any',
    minHeight: 120,
    fps: 10,
  },
  goldRatio: 0,
  flow: {
    checks: 'required',
    answers: { min: 2, max: 3, sureAt: 0.8 },
    acceptLabels: ['outcome.success'],
    review: { whenDisputed: true, sampleRatio: 0.1 },
    retakesMax: 2,
  },
  sourceCampaignId: null,
}

export const OUTCOMES = ['outcome.success', 'outcome.failure', 'outcome.unclear'] as const

export const questions: Draft = {
  ...takes,
  kind: 'choose',
  title: { en: 'Did it work?' },
  quota: 500,
  terms: { ...terms, payMinor: 5, estimateSeconds: 10 },
  config: {
    verdictQuestion: 'outcome',
    questions: [
      {
        id: 'outcome',
        prompt: { en: 'What happened?' },
        termKind: 'outcome',
        termIds: [...OUTCOMES],
        required: true,
      },
    ],
  },
  goldRatio: 0,
  flow: {
    checks: 'none',
    answers: { min: 2, max: 3, sureAt: 0.8 },
    acceptLabels: [],
    review: { whenDisputed: true, sampleRatio: 0 },
    retakesMax: 0,
  },
}

/** The answer of a phone that filmed this. */
export const takeAnswer = (
  upload: { uploadId: string; sha256: string; bytes: number },
  durationMs: number,
): Record<string, unknown> => ({
  ...upload,
  durationMs,
  recordedAt: new Date().toISOString(),
  device: { tier: 'middle', userAgentFamily: 'Chrome', width: 320, height: 240, fps: 10 },
  trim: { fromMs: 0, toMs: durationMs },
  phoneFaults: [],
})
