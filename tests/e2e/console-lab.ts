import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Client, createClient } from '@chiron/client'
import {
  accountRoutes,
  type Campaign,
  type CampaignDraft,
  campaignRoutes,
  consentRoutes,
  type Lease,
  mediaPaths,
  mediaRoutes,
  payRoutes,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { ffmpegPath } from '@chiron/formats/node'
import { sendWhole } from '../faults/tus-sender.ts'
import type { Instance } from '../instance.ts'
import { newId, signInAsMember } from './worker-phone.ts'

/** What the demo workspace has to ask about. */
const DEMO_CLIPS = 5
export const CLIP_MS = 4000
const PATIENCE_MS = 60_000
const POLL_MS = 150

type Where = Pick<Instance, 'url' | 'inviteLink' | 'consoleLink'>
type Manager = Awaited<ReturnType<typeof signInAsMember>>

/** A worker without a screen, over HTTP as the worker app is. */
export interface HandlessWorker {
  client: Client
  headers: Record<string, string>
}

/** What a reviewer, an auditor and a manager find in a workspace that has been worked in. */
export interface Lab {
  manager: Manager
  /** The campaign whose every take goes to a member. */
  filming: Campaign
  workers: HandlessWorker[]
}

/** Work of three people: a dispute about every demo clip, two takes that wait for a member, one too dark. */
export async function workInLab(where: Where): Promise<Lab> {
  const manager = await signInAsMember(where as Instance, 'owner')
  const workers: HandlessWorker[] = []
  for (const name of ['Amal', 'Bao', 'Chidi']) workers.push(await joinLab(where, name))
  const { items } = await manager(campaignRoutes.list)
  const asking = items.find(({ kind }) => kind === 'choose')
  const model = items.find(({ kind }) => kind === 'demonstrate')
  if (!asking || !model) throw new Error('the demo workspace has a campaign of each kind')
  await dispute(await publishAsking(manager, asking), workers)
  const filming = await publishReviewed(manager, model)
  for (const [at, filter] of ['', '', ',eq=brightness=-0.9'].entries())
    await film({ where, worker: workers[at] as HandlessWorker, campaign: filming, bytes: makeClip(filter) })
  await waitFor(async () => {
    const reviews = await manager(reviewRoutes.list, { query: { limit: 50 } })
    const episodes = await manager(mediaRoutes.listEpisodes, {
      query: { campaignId: filming.id, limit: 50 },
    })
    const isChecked = episodes.items.every(({ state }) => state !== 'arrived')
    return reviews.items.length >= DEMO_CLIPS + 2 && episodes.items.length === 3 && isChecked
  })
  return { manager, filming, workers }
}

export async function joinLab({ url, inviteLink }: Where, name: string): Promise<HandlessWorker> {
  const code = new URL(inviteLink).hash.slice(1)
  const reply = await fetch(`${url}${accountRoutes.join.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, name, locale: 'en', country: 'KE' }),
  })
  if (!reply.ok) throw new Error(`${name} could not join: ${await reply.text()}`)
  const headers = { cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? '' }
  const client = createClient({
    baseUrl: url,
    app: 'worker',
    fetch: (to, init) => fetch(to, { ...init, headers: { ...headers, ...init?.headers } }),
  })
  return { client, headers }
}

/** Questions about the same clips as the demo's, with three answers each and no more. */
async function publishAsking(manager: Manager, model: Campaign): Promise<Campaign> {
  const made = await manager(campaignRoutes.create, {
    body: {
      ...draftOf(model),
      title: { ...model.title, en: 'Did it land on the target?', ar: 'هل وصل إلى الهدف؟' },
      flow: { ...model.flow, answers: { min: 3, max: 3, sureAt: 0.99 } },
    },
  })
  const asking = await manager(campaignRoutes.publish, { params: { campaignId: made.id } })
  await waitFor(async () => {
    const { campaign } = await manager(campaignRoutes.read, { params: { campaignId: asking.id } })
    return campaign.counts.openTasks >= DEMO_CLIPS
  })
  return asking
}

export function draftOf(model: Campaign): CampaignDraft {
  const { id, state, termsVersion, noticeVersion, createdAt, publishedAt, counts, ...draft } = model
  return draft
}

/** Everybody says something else about every clip, so that no answer is sure. */
async function dispute(asking: Campaign, workers: readonly HandlessWorker[]): Promise<void> {
  const outcomes = ['outcome.success', 'outcome.failure', 'outcome.unclear']
  const { id: campaignId, termsVersion } = asking
  for (const [at, { client }] of workers.entries()) {
    const outcome = outcomes[at] ?? 'outcome.unclear'
    const isBad = outcome === 'outcome.failure'
    const choices = { outcome, ...(isBad ? { failure: 'failure.dropped' } : {}) }
    const answer = { choices, ...(isBad ? { momentMs: 1800, note: 'It slips out of the fingers.' } : {}) }
    for (;;) {
      const { lease } = await client.call(taskRoutes.claim, { body: { campaignId, termsVersion } })
      if (!lease) break
      const body = { id: newId(), leaseId: lease.id, answer, activeMs: 15_000 }
      await client.call(submissionRoutes.submit, { body })
    }
  }
}

async function claim(client: Client, { id, termsVersion }: Campaign): Promise<Lease> {
  const { lease } = await client.call(taskRoutes.claim, { body: { campaignId: id, termsVersion } })
  if (!lease) throw new Error('there is a task for everybody')
  return lease
}

/** A campaign to film like the demo's, where a member looks at every take. */
async function publishReviewed(manager: Manager, model: Campaign): Promise<Campaign> {
  const amount = { amountMinor: 50_000, currency: 'USD' }
  await manager(payRoutes.fund, { body: { id: newId(), amount, reference: 'for the lab' } })
  const made = await manager(campaignRoutes.create, {
    body: {
      ...draftOf(model),
      title: { ...model.title, en: 'Stack two cups', ar: 'كدّس كوبين' },
      quota: 12,
      config: {
        minSeconds: 1,
        maxSeconds: 30,
        fps: 15,
        minHeight: 120,
        orientation: 'any',
        camera: 'environment',
      },
      flow: {
        ...model.flow,
        answers: null,
        acceptLabels: [],
        review: { whenDisputed: true, sampleRatio: 1 },
      },
    },
  })
  return manager(campaignRoutes.publish, { params: { campaignId: made.id } })
}

/** A clip of four seconds that passes every check, or one of the night; no two have the same bytes. */
export function makeClip(filter: string): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-lab-'))
  const file = path.join(folder, 'clip.mp4')
  const source = `testsrc2=size=480x360:rate=30:duration=${CLIP_MS / 1000}${filter}`
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source]
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
  execFileSync(ffmpegPath(), [...quiet, ...coding, '-metadata', `title=${newId()}`, file])
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true, force: true })
  return bytes
}

type Take = {
  where: Where
  worker: HandlessWorker
  campaign: Campaign
  bytes: Buffer
  /** What the phone says of it besides: what it took out, how its camera sees. */
  notes?: object
}

export async function film({ where, worker, campaign, bytes, notes }: Take): Promise<void> {
  const { client, headers } = worker
  await client.call(consentRoutes.decide, {
    body: { campaignId: campaign.id, noticeVersion: campaign.noticeVersion, decision: 'given', locale: 'en' },
  })
  const lease = await claim(client, campaign)
  const target = {
    url: `${where.url}${mediaPaths.uploads}`,
    headers: { ...headers, 'x-chiron-app': 'worker' },
  }
  const metadata = { purpose: 'episode', campaignId: campaign.id }
  const { uploadId } = await sendWhole(target, { bytes, metadata })
  const answer = {
    uploadId,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    durationMs: CLIP_MS,
    recordedAt: new Date().toISOString(),
    device: { tier: 'middle', userAgentFamily: 'Chrome', width: 480, height: 360, fps: 30 },
    trim: { fromMs: 0, toMs: CLIP_MS },
    phoneFaults: [],
    ...notes,
  }
  await client.call(submissionRoutes.submit, {
    body: { id: newId(), leaseId: lease.id, answer, activeMs: 60_000 },
  })
}

/** Asks again until it is so. */
export async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (Date.now() > until) throw new Error(`it was not so after ${PATIENCE_MS / 1000} s: ${isSo}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
