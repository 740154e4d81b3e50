import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import {
  accountRoutes,
  type Campaign,
  type CampaignDraft,
  campaignRoutes,
  consentRoutes,
  type Lease,
  mediaRoutes,
  payRoutes,
  releaseRoutes,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import type { Calibration, CameraScale } from '@chiron/core/camera'
import { machineAnswer } from '@chiron/core/kinds'
import type { BodyStream, Hand, HandStream, Redaction } from '@chiron/core/sight'
import { ffmpegPath } from '@chiron/formats/node'
import { notesBox } from '@chiron/formats/notes'
import type { Instance } from '../instance.ts'
import {
  CLIP_MS,
  draftOf,
  film,
  type HandlessWorker,
  joinLab,
  type Lab,
  makeClip,
  waitFor,
} from './console-lab.ts'
import { newId } from './worker-phone.ts'

const DATA = path.resolve(import.meta.dirname, '../..', process.env.CHIRON_DATA ?? '../shared/data')
const FACES = path.join(DATA, 'faces/human_group-2.jpg')
const LOOK_MS = 100
const SIZE = { width: 480, height: 360 }
const FUND = { amountMinor: 100_000, currency: 'USD' }

/** Takes with all that a phone can say of them, and what became of them. */
export type Takes = {
  /** Hands, body, motion, what was covered, a calibrated camera and a scale; hands corrected by two people. */
  rich: string
  /** What people were asked about its hands. */
  correcting: string
  /** A face that got past the phone; undefined where the shared data with faces is not at hand. */
  faced: string | undefined
  /** Found wanting, and the phone that filmed it may not film again; and one whose maker asks for another decision. */
  faultReview: string
  appealReview: string
  /** Paused, with an appeal still open. */
  paused: string
  /** A dataset with a recording whose consent ended since; and the recording, kept and shown to nobody. */
  recalled: string
  frozen: string
}

export async function fillTakes(instance: Instance, lab: Lab): Promise<Takes> {
  const { manager } = lab
  const worker = await joinLab(instance, 'Dalia')
  await manager(payRoutes.fund, { body: { id: newId(), amount: FUND, reference: 'for takes' } })
  const filming = await publishTakes(lab, { title: 'Wave with one hand', retakesMax: 0 })
  const sent = { where: instance, worker, campaign: filming }
  await film({ ...sent, bytes: withNotes(makeClip('')), notes: richNotes() })
  await film({ ...sent, bytes: makeClip(',eq=brightness=-0.9') })
  const faced = existsSync(FACES)
  if (faced) await film({ ...sent, bytes: faceClip(), notes: { redaction: redactionOf([]) } })
  const strict = await publishTakes(lab, { title: 'Wave with both hands', retakesMax: 2 })
  await film({ where: instance, worker, campaign: strict, bytes: makeClip(',eq=brightness=-0.9') })
  await appeal(worker, strict)
  await manager(campaignRoutes.pause, { params: { campaignId: strict.id } })
  const episodes = async () =>
    (await manager(mediaRoutes.listEpisodes, { query: { campaignId: filming.id, limit: 50 } })).items
  await waitFor(async () => {
    const items = await episodes()
    return items.length === (faced ? 3 : 2) && items.every(({ state }) => state !== 'arrived')
  })
  const all = await episodes()
  const rich = all.find(({ state }) => state === 'accepted')?.id ?? ''
  const reviews = async (campaign: Campaign) =>
    (await manager(reviewRoutes.list, { query: { campaignId: campaign.id, limit: 50 } })).items
  await waitFor(async () => (await reviews(filming)).some(({ why }) => why === 'fault'))
  const about = await Promise.all(
    all.map(({ id }) => manager(mediaRoutes.readEpisode, { params: { episodeId: id } })),
  )
  await askForMoney(lab, worker)
  const isFaced = (id: string | null) => about.some((each) => each.id === id && each.quarantine !== null)
  return {
    rich,
    correcting: await correctHands(instance, lab, filming),
    faced: about.find(({ quarantine }) => quarantine !== null)?.id,
    faultReview: (await reviews(filming)).find(
      ({ why, episodeId }) => why === 'fault' && !isFaced(episodeId),
    )!.id,
    appealReview: (await reviews(strict)).find(({ why }) => why === 'appeal')!.id,
    paused: strict.id,
    ...(await withdrawn(instance, lab, filming)),
  }
}

/** All that one has earned, to be paid out. */
async function askForMoney({ manager }: Lab, { client }: HandlessWorker): Promise<void> {
  const me = await manager(accountRoutes.me)
  const workspaceId = me.as === 'member' ? me.workspace.id : ''
  const { balances } = await client.call(payRoutes.earnings, { query: {} })
  for (const { currency, availableMinor: amountMinor } of balances)
    if (amountMinor > 0)
      await client.call(payRoutes.requestPayout, {
        body: { id: newId(), workspaceId, amount: { amountMinor, currency } },
      })
}

/** Somebody films, a dataset goes out with it, and they take back their consent. */
async function withdrawn(instance: Instance, { manager }: Lab, campaign: Campaign) {
  const worker = await joinLab(instance, 'Gita')
  await film({ where: instance, worker, campaign, bytes: makeClip('') })
  const query = { campaignId: campaign.id, state: 'accepted' as const, limit: 50 }
  await waitFor(async () => (await manager(mediaRoutes.listEpisodes, { query })).items.length > 1)
  const body = { campaignId: campaign.id, name: 'both-hands' }
  const { id: recalled } = await manager(releaseRoutes.create, { body })
  const release = () => manager(releaseRoutes.read, { params: { releaseId: recalled } })
  await waitFor(async () => (await release()).state !== 'building')
  const { items } = await worker.client.call(consentRoutes.list)
  for (const { id: consentId } of items)
    await worker.client.call(consentRoutes.withdraw, { params: { consentId } })
  await waitFor(async () => (await release()).recalls.length > 0)
  return { recalled, frozen: (await release()).recalls[0]!.episodeId }
}

type Asked = { title: string; retakesMax: number }

/** A campaign to film like the lab's, where the checks alone decide. */
async function publishTakes({ manager, filming }: Lab, { title, retakesMax }: Asked): Promise<Campaign> {
  const made = await manager(campaignRoutes.create, {
    body: {
      ...draftOf(filming),
      title: {
        ...filming.title,
        en: title,
        ar: title === 'Wave with one hand' ? 'لوّح بيد واحدة' : 'لوّح باليدين',
      },
      config: { ...(filming.config as object), keypoints: 'hands-and-body' },
      flow: { ...filming.flow, review: { whenDisputed: true, sampleRatio: 0 }, retakesMax },
    },
  })
  return manager(campaignRoutes.publish, { params: { campaignId: made.id } })
}

/** The take came back from the checks; its maker says why it should not have. */
async function appeal({ client }: HandlessWorker, { id: campaignId }: Campaign): Promise<void> {
  const returned = async () =>
    (await client.call(submissionRoutes.listOwn, { query: { limit: 50 } })).items.find(
      (each) => each.campaignId === campaignId && each.state === 'returned',
    )
  await waitFor(async () => (await returned()) !== undefined)
  const text = 'It was evening, and the lamp was on. My hands can be seen the whole time.'
  const body = { id: newId(), submissionId: (await returned())!.id, text }
  await client.call(reviewRoutes.appeal, { body })
}

/** A campaign as a template has it, in the words and with the picture of the workspace. */
export async function publishTemplate(
  { manager, filming }: Lab,
  templateId: string,
  change: (draft: Pick<CampaignDraft, 'config' | 'flow'>) => Partial<CampaignDraft>,
): Promise<Campaign> {
  const { items } = await manager(campaignRoutes.templates)
  const draft = items.find(({ id }) => id === templateId)!.draft
  const { ontologyId, ontologyVersion, exampleMediaId } = filming
  const body = { ...draft, ontologyId, ontologyVersion, exampleMediaId, ...change(draft) }
  const { id: campaignId } = await manager(campaignRoutes.create, { body })
  return manager(campaignRoutes.publish, { params: { campaignId } })
}

/** Two people are asked about the hands: one finds the machine's points right, one puts a finger elsewhere. */
async function correctHands(instance: Instance, lab: Lab, source: Campaign): Promise<string> {
  const { manager } = lab
  const asked = await publishTemplate(lab, 'correct-hands', () => ({ sourceCampaignId: source.id }))
  const { id: campaignId, termsVersion } = asked
  await waitFor(async () => {
    const { campaign } = await manager(campaignRoutes.read, { params: { campaignId } })
    return campaign.counts.openTasks > 0
  })
  for (const [at, name] of ['Esra', 'Farid'].entries()) {
    const { client } = await joinLab(instance, name)
    const { lease } = await client.call(taskRoutes.claim, { body: { campaignId, termsVersion } })
    const { subject } = lease as Lease
    const moments = subject.kind === 'episode' ? (subject.moments ?? []) : []
    const answer = machineAnswer(moments)
    const moved = answer.moments.map((moment) => ({
      ...moment,
      right: moment.right?.map(aside) ?? null,
    }))
    const body = {
      id: newId(),
      leaseId: lease!.id,
      answer: at === 0 ? answer : { moments: moved },
      activeMs: 30_000,
    }
    await client.call(submissionRoutes.submit, { body })
  }
  return campaignId
}

const aside = <P extends { x?: number | undefined }>(point: P, joint: number): P =>
  joint < 9 && point.x !== undefined ? { ...point, x: point.x + 0.02 } : point

/** Two seconds of somebody who looks into the camera. */
function faceClip(): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-face-'))
  const file = path.join(folder, 'face.mp4')
  const { width, height } = SIZE
  const shape = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height},fps=30,noise=alls=6:allf=t`
  const filter = `crop=iw*0.5:ih*0.35:iw*0.2:ih*0.1,${shape}`
  const input = ['-v', 'error', '-y', '-loop', '1', '-i', FACES, '-t', String(CLIP_MS / 1000)]
  execFileSync(ffmpegPath(), [...input, '-vf', filter, '-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-an', file])
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true, force: true })
  return bytes
}

const withNotes = (clip: Buffer): Buffer => {
  const notes = { version: 1, hands: handsWaving(), body: bodyStanding(), motion: motionFelt() }
  return Buffer.concat([clip, notesBox(gzipSync(JSON.stringify(notes)))])
}

const looks = Array.from({ length: CLIP_MS / LOOK_MS }, (_, at) => at * LOOK_MS)

/** A right hand that swings, and a left one that comes in half-way. */
function handsWaving(): HandStream {
  const hand = (side: Hand['side'], timeMs: number): Hand => ({
    side,
    confidence: 0.7 + 0.2 * Math.cos(timeMs / 400),
    points: Array.from({ length: 21 }, (_, joint): [number, number, number] => {
      const finger = Math.max(0, Math.floor((joint - 1) / 4))
      const reach = joint === 0 ? 0 : 1 + ((joint - 1) % 4)
      const middle = (side === 'right' ? 0.65 : 0.3) + 0.06 * Math.sin(timeMs / 500)
      return [middle + (finger - 2) * 0.025 * (0.5 + reach / 4), 0.75 - reach * 0.07, 0]
    }),
  })
  return {
    tool: { name: 'a detector', version: '1', model: 'lite' },
    clock: 'film',
    filmStartMs: 0,
    frames: looks.map((timeMs) => ({
      timeMs,
      hands: [hand('right', timeMs), ...(timeMs > CLIP_MS / 2 ? [hand('left', timeMs)] : [])],
    })),
  }
}

function bodyStanding(): BodyStream {
  const at = (x: number, y: number): [number, number, number, number] => [x, y, 0, 0.95]
  const body = Array.from({ length: 33 }, (_, landmark) => {
    const side = landmark % 2 === 0 ? 0.06 : -0.06
    if (landmark < 11) return at(0.5 + side / 2, 0.15 + landmark * 0.005)
    if (landmark < 23)
      return at(0.5 + side * (landmark < 13 ? 1.6 : 2.4), 0.3 + Math.floor((landmark - 11) / 2) * 0.06)
    return at(0.5 + side, 0.6 + Math.floor((landmark - 23) / 2) * 0.09)
  })
  return {
    tool: { name: 'a detector', version: '1', model: 'lite', sha256: 'a'.repeat(64) },
    clock: 'film',
    filmStartMs: 0,
    frames: looks.map((timeMs) => ({
      timeMs,
      count: timeMs < 1000 ? 0 : 1,
      body: timeMs < 1000 ? null : body,
    })),
  }
}

function motionFelt() {
  const timesMs = Array.from({ length: CLIP_MS / 20 }, (_, at) => at * 20)
  const felt = (scale: number) =>
    timesMs.map((timeMs): [number, number, number] => [
      scale * Math.sin(timeMs / 300),
      0.1 * scale,
      9.8 - scale,
    ])
  return {
    motion: { timesMs, acceleration: felt(0.8), rotationRate: felt(0.4) },
    orientation: { timesMs: [0], quaternion: [[0, 0, 0, 1]], isAbsolute: false },
    toCamera: { atMs: 0, offsetMs: 0, driftPpm: 0, driftErrorPpm: 0, errorMs: 4, count: 20 },
    cameraStartMs: 0,
  }
}

const tool = { name: 'chiron-sight', version: '1.4' }

function redactionOf(covers: Redaction['covers'], sheets?: Redaction['sheets']): Redaction {
  return {
    tool,
    models: ['face'],
    looksPerSecond: 5,
    minConfidence: 0.3,
    carryMs: 500,
    covers,
    ...(sheets ? { sheets } : {}),
    background: 'kept',
    sound: 'dropped',
    dates: 'stripped',
    approvedAt: new Date().toISOString(),
  }
}

function richNotes(): { redaction: Redaction; calibration: Calibration; scale: CameraScale } {
  const box = { x: 0.1, y: 0.1, width: 0.2, height: 0.2 }
  const found = { lookCount: 6, fromMs: 400, toMs: 1600 }
  const camera = {
    device: newId(),
    camera: 'camera2 0, facing back',
    facing: 'environment' as const,
    zoom: 1,
  }
  const madeAt = new Date().toISOString()
  return {
    redaction: redactionOf([{ fromMs: 0, toMs: 1200, boxes: [box] }], {
      tool: { name: 'chiron-sheets', version: '1.0' },
      looksPerSecond: 5,
      carryMs: 500,
      found: [
        { ...found, kind: 'screen', choice: 'covered' },
        { ...found, kind: 'paper', fromMs: 2000, toMs: 3200, choice: 'nothing-private' },
      ],
      covers: [{ fromMs: 400, toMs: 1600, boxes: [box] }],
    }),
    calibration: {
      ...camera,
      id: newId(),
      intrinsics: { ...SIZE, fx: 420, fy: 421, cx: 240, cy: 180, distortion: [0.01, 0, 0, 0, 0] },
      rmsPx: 0.31,
      board: { columns: 9, rows: 6, squareMm: 30, markerMm: 22 },
      viewCount: 14,
      coverageRatio: 0.8,
      tool,
      madeAt,
    },
    scale: {
      ...camera,
      kind: 'bank-card',
      id: newId(),
      ...SIZE,
      corners: [
        { x: 100, y: 100 },
        { x: 300, y: 100 },
        { x: 300, y: 226 },
        { x: 100, y: 226 },
      ],
      mmPerPx: 0.428,
      errorRatio: 0.012,
      tiltRatio: 1.02,
      isFitted: true,
      tool,
      madeAt,
    },
  }
}
