import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  type Body,
  type CampaignDraft,
  consentRoutes,
  type Lease,
  ontologyRoutes,
  payRoutes,
  type Submission,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { starterOntology } from '@chiron/core/ontology'
import { ffmpegPath } from '@chiron/formats/node'
import { afterAll, expect } from 'vitest'
import { createCampaign } from '../features/campaign/index.ts'
import { takeFile } from '../features/media/index.ts'
import { publishCampaign } from '../features/pay/index.ts'
import { inWorkspace } from '../platform/context.ts'
import { read } from '../platform/tx.ts'
import type { TestChiron, TestWorker, TestWorkspace } from '../testing.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'chiron-clips-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A real clip of a hand where the shared data is at hand; its length is 4.6 seconds. */
export const HAND_CLIP = path.resolve(
  import.meta.dirname,
  '../../../..',
  process.env.CHIRON_DATA ?? '../shared/data',
  'hands/human_hand_video.mp4',
)
export const hasHandClip = existsSync(HAND_CLIP)

/** Makes a clip with ffmpeg once per run: `source` is a filter graph that gives pictures. */
export function makeClip(name: string, source: string, options: readonly string[] = []): string {
  const file = path.join(folder, name)
  if (existsSync(file)) return file
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source]
  const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', ...options]
  execFileSync(ffmpegPath(), [...quiet, ...coding, file])
  return file
}

/** Two seconds that pass every check. */
export const goodClip = () => makeClip('good.mp4', 'testsrc2=size=320x240:rate=30:duration=2')
/** Two seconds of night: comes back as too dark. */
export const darkClip = () => makeClip('dark.mp4', 'color=black:size=320x240:rate=30:duration=2')

export function writeBytes(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name)
  writeFileSync(file, bytes)
  return file
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** A workspace with money and a vocabulary, and what a test of the main loop does in it. */
export async function openLoop(chiron: TestChiron) {
  const { call, deps } = chiron
  const lab = await chiron.workspace()
  const headers = lab.headers('manager')
  const ontology = await call(ontologyRoutes.create, {
    headers,
    body: { name: starterOntology.name, terms: starterOntology.terms },
  })
  expect(ontology.status, ontology.body.message).toBe(200)
  await ok(chiron, payRoutes.fund, {
    headers,
    body: { id: randomUUID(), amount: { amountMinor: 100_000_000, currency: 'USD' }, reference: 'test' },
  })
  const example = await takeFile(lab.as('manager'), {
    file: writeBytes('example.png', PIXEL),
    uploadId: randomUUID(),
    purpose: 'brief',
    memberId: lab.memberId('manager'),
  })
  const common = {
    exampleMediaId: example.uploadId,
    ontologyId: ontology.body.ontologyId,
    ontologyVersion: 1,
  }
  const publish = async (draft: CampaignDraft): Promise<string> => {
    const { id } = await createCampaign(lab.as('manager'), draft)
    await publishCampaign(lab.as('manager'), id)
    return id
  }
  return {
    lab,
    deps,
    exampleMediaId: example.uploadId,
    demonstrate: (change: Partial<CampaignDraft> = {}) => publish({ ...takes, ...common, ...change }),
    choose: (change: Partial<CampaignDraft> = {}) => publish({ ...questions, ...common, ...change }),
    correct: (change: Partial<CampaignDraft> = {}) => publish({ ...corrections, ...common, ...change }),
    drafts: { takes: { ...takes, ...common }, questions: { ...questions, ...common } },
  }
}
export type Loop = Awaited<ReturnType<typeof openLoop>>

/** Calls a route and expects it to be granted. */
export async function ok<T extends Parameters<TestChiron['call']>[0]>(
  chiron: TestChiron,
  route: T,
  input: Parameters<TestChiron['call']>[1],
) {
  const { status, body } = await chiron.call(route, input)
  expect(status, `${route.path}: ${body.code} ${body.message}`).toBe(200)
  return body
}

export async function agree(chiron: TestChiron, worker: TestWorker, campaignId: string): Promise<string> {
  const { id } = await ok(chiron, consentRoutes.decide, {
    headers: worker.headers,
    body: { campaignId, noticeVersion: 1, decision: 'given', locale: 'en' },
  })
  return id
}

export async function claim(
  chiron: TestChiron,
  worker: TestWorker,
  campaignId: string,
): Promise<Lease | null> {
  const { lease } = await ok(chiron, taskRoutes.claim, {
    headers: worker.headers,
    body: { campaignId, termsVersion: 1 },
  })
  return lease
}

/** Which task a lease is for: for a question its holder is not told. */
export const taskOfLease = (loop: Loop, leaseId: string | undefined): Promise<string | undefined> =>
  read(loop.lab.as('owner'), async (tx) => {
    const row = await tx
      .selectFrom('lease')
      .select('task_id')
      .where('id', '=', leaseId ?? '')
      .executeTakeFirst()
    return row?.task_id
  })

/** Puts a clip where a finished upload lies, as this worker's. */
export async function uploaded(worker: TestWorker, lab: TestWorkspace, file: string) {
  const taken = await takeFile(inWorkspace(worker.ctx, lab.workspaceId), {
    file,
    uploadId: randomUUID(),
    purpose: 'episode',
    workerId: worker.workerId,
  })
  return { ...taken, file }
}

/** The answer of a phone that filmed `upload`. */
export const takeAnswer = (
  upload: { uploadId: string; sha256: string; bytes: number },
  now: Date,
  durationMs = 2000,
) => ({
  uploadId: upload.uploadId,
  sha256: upload.sha256,
  bytes: upload.bytes,
  durationMs,
  recordedAt: now.toISOString(),
  device: { tier: 'middle', userAgentFamily: 'Chrome', width: 640, height: 480, fps: 30 },
  trim: { fromMs: 0, toMs: durationMs },
  phoneFaults: [],
})

type SubmitBody = Partial<Body<typeof submissionRoutes.submit>> & { leaseId: string; answer: object }

export const submitBody = (body: SubmitBody) => ({ id: randomUUID(), activeMs: 5000, next: false, ...body })

export async function submitted(
  chiron: TestChiron,
  worker: TestWorker,
  body: SubmitBody,
): Promise<Submission> {
  const { submission } = await ok(chiron, submissionRoutes.submit, {
    headers: worker.headers,
    body: submitBody(body),
  })
  return submission
}

/** One worker films one take of a campaign and sends it; nothing was looked at yet. */
export async function film(
  chiron: TestChiron,
  loop: Loop,
  take: { worker: TestWorker; campaignId: string; file?: string; durationMs?: number },
): Promise<Submission> {
  const { worker, campaignId, file = goodClip(), durationMs } = take
  const lease = await claim(chiron, worker, campaignId)
  expect(lease).not.toBeNull()
  const upload = await uploaded(worker, loop.lab, file)
  const answer = takeAnswer(upload, chiron.deps.clock.now(), durationMs)
  return submitted(chiron, worker, { leaseId: lease?.id ?? '', answer })
}

/** One worker answers the next question of a campaign. */
export async function judge(
  chiron: TestChiron,
  { worker, campaignId, outcome }: { worker: TestWorker; campaignId: string; outcome: string },
): Promise<Submission> {
  const lease = await claim(chiron, worker, campaignId)
  expect(lease).not.toBeNull()
  return submitted(chiron, worker, { leaseId: lease?.id ?? '', answer: { choices: { outcome } } })
}

export async function ownSubmission(
  chiron: TestChiron,
  worker: TestWorker,
  submissionId: string,
): Promise<Submission> {
  return ok(chiron, submissionRoutes.readOwn, { headers: worker.headers, params: { submissionId } })
}

export const bytesOf = (file: string): Buffer => readFileSync(file)

const brief = {
  en: {
    title: 'Pick up the cup',
    steps: ['Pick up the cup.'],
    success: 'The cup is in the hand.',
    avoid: [],
  },
}
const terms = {
  payMinor: 50,
  currency: 'USD',
  estimateSeconds: 60,
  purpose: { en: 'Teach robots to tidy up.' },
  recipients: { en: 'The lab alone.' },
  retentionDays: 30,
}

const takes = {
  kind: 'demonstrate',
  title: { en: 'Cups' },
  briefs: brief,
  terms,
  quota: 3,
  perWorkerMax: null,
  leaseSeconds: 600,
  config: {
    minSeconds: 1,
    maxSeconds: 30,
    camera: 'environment',
    orientation: 'any',
    minHeight: 240,
    fps: 30,
  },
  flow: {
    checks: 'required',
    answers: { min: 2, max: 3, sureAt: 0.8 },
    acceptLabels: ['outcome.success'],
    review: { whenDisputed: true, sampleRatio: 0 },
    retakesMax: 2,
  },
  goldRatio: 0,
  sourceCampaignId: null,
} satisfies Omit<CampaignDraft, 'exampleMediaId' | 'ontologyId' | 'ontologyVersion'>

const questions = {
  ...takes,
  kind: 'choose',
  title: { en: 'Did it work?' },
  quota: 10,
  terms: { ...terms, payMinor: 5, estimateSeconds: 10 },
  config: {
    verdictQuestion: 'outcome',
    questions: [
      {
        id: 'outcome',
        prompt: { en: 'What happened?' },
        termKind: 'outcome',
        termIds: ['outcome.success', 'outcome.failure', 'outcome.unclear'],
        required: true,
      },
    ],
  },
  flow: {
    checks: 'none',
    answers: { min: 2, max: 3, sureAt: 0.8 },
    acceptLabels: [],
    review: { whenDisputed: true, sampleRatio: 0 },
    retakesMax: 0,
  },
} satisfies Omit<CampaignDraft, 'exampleMediaId' | 'ontologyId' | 'ontologyVersion'>

const corrections = {
  ...questions,
  kind: 'keypoints',
  title: { en: 'Where are the fingers?' },
  terms: { ...terms, payMinor: 20, estimateSeconds: 90 },
  config: { momentCount: 2 },
} satisfies Omit<CampaignDraft, 'exampleMediaId' | 'ontologyId' | 'ontologyVersion'>
