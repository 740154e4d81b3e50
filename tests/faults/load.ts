import { randomUUID } from 'node:crypto'
import { CallError, type CallInput } from '@chiron/client'
import {
  type Lease,
  logRoutes,
  mediaPaths,
  mediaRoutes,
  type Reply,
  type Route,
  reviewRoutes,
  submissionRoutes,
  taskRoutes,
} from '@chiron/contract'
import { jcs, type SeededRandom, seededRandom, sha256, toHex } from '@chiron/core/kit'
import { sha256Of, unlike } from './clips.ts'
import { type Lab, OUTCOMES, type Person, takeAnswer, type Worker } from './lab.ts'
import { sendWhole } from './tus-sender.ts'

/** What the server has said yes to: all of it must be there at the end. */
export interface Acknowledged {
  /** By submission id. */
  submissions: Map<string, { bodyHash: string; workerId: string; leaseId: string }>
  /** By upload id: what the bytes were. */
  uploads: Map<string, { sha256: string; bytes: number }>
  /** Ids of imported episodes. */
  imports: Set<string>
  checkpoints: Set<string>
  /** Answers to an upload, a submission or a claim that contradict an earlier one. */
  lies: string[]
  /** How often each thing was done, for the report. */
  counts: Record<string, number>
}

export interface LoadOrder {
  lab: Lab
  campaigns: { film: string; judgeFilm: string; judgeImports: string }
  clips: { good: Buffer; dark: Buffer; durationMs: number }
  seed: string
}

const PAUSE_MS = 250
const MAX_TRIES = 1500
const HURRY_MS = 5

/** People and programs that work at the same time and never lose patience with a server that is away. */
export class Load {
  readonly acknowledged: Acknowledged = {
    submissions: new Map(),
    uploads: new Map(),
    imports: new Set(),
    checkpoints: new Set(),
    lies: [],
    counts: {},
  }
  readonly #order: LoadOrder
  readonly #running: Promise<void>[] = []
  #phase: 'work' | 'finish' | 'over' = 'work'
  failure: Error | undefined

  constructor(order: LoadOrder) {
    this.#order = order
  }

  start(people: { filmers: readonly Worker[]; judges: readonly Worker[] }): void {
    const { lab, campaigns } = this.#order
    for (const worker of people.filmers) this.#run(`film ${worker.name}`, (dice) => this.#film(worker, dice))
    for (const worker of people.judges) {
      const both = [campaigns.judgeImports, campaigns.judgeFilm]
      this.#run(`judge ${worker.name}`, (dice) => this.#judge(worker, both, dice), 'over')
    }
    this.#run('import', (dice) => this.#import(lab.manager, dice))
    this.#run('review', (dice) => this.#review(lab.reviewer, dice), 'over')
    this.#run('watch', () => this.#watch(lab.auditor), 'over')
  }

  /** No new recordings; what was begun is brought to its end, and judges and reviewer go on. */
  async finishFilming(): Promise<void> {
    this.#phase = 'finish'
    await Promise.all(this.#running.filter((_, at) => !this.#untilOver[at]))
  }

  async stop(): Promise<void> {
    this.#phase = 'over'
    await Promise.all(this.#running)
  }

  readonly #untilOver: boolean[] = []

  #run(name: string, turn: (dice: SeededRandom) => Promise<void>, until: 'finish' | 'over' = 'finish'): void {
    const dice = seededRandom(`${this.#order.seed} ${name}`)
    const goesOn = () =>
      !this.failure && this.#phase !== 'over' && (until === 'over' || this.#phase === 'work')
    const loop = async () => {
      while (goesOn()) await turn(dice)
    }
    this.#untilOver.push(until === 'over')
    this.#running.push(
      loop().catch((cause: Error) => {
        this.failure ??= new Error(`${name}: ${cause.message}`, { cause })
      }),
    )
  }

  #count(what: string): void {
    const { counts } = this.acknowledged
    counts[what] = (counts[what] ?? 0) + 1
  }

  /** Calls until there is an answer; what the server refuses is thrown. */
  async #call<T extends Route>({ client }: Person, route: T, input?: CallInput<T>): Promise<Reply<T>> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await client.call(route, input)
      } catch (cause) {
        const isAway = cause instanceof CallError && (cause.status === 0 || cause.status >= 500)
        if (!isAway || tries >= MAX_TRIES) throw cause
        this.#count(cause.status === 0 ? 'away' : 'fault')
        await pause(PAUSE_MS)
      }
    }
  }

  async #upload(person: Person, bytes: Buffer, metadata: Record<string, string>, dice: SeededRandom) {
    const sha256 = sha256Of(bytes)
    const { server } = this.#order.lab
    const { uploadId } = await sendWhole(
      { url: `${server.url}${mediaPaths.uploads}`, headers: person.headers },
      { bytes, metadata: { purpose: 'episode', sha256, ...metadata } },
      { cut: (left) => (dice.next() < 0.45 ? dice.int(left) : undefined), maxTries: MAX_TRIES },
    )
    this.acknowledged.uploads.set(uploadId, { sha256, bytes: bytes.length })
    this.#count('upload')
    return { uploadId, sha256, bytes: bytes.length }
  }

  /** What the worker holds already (a claim whose reply was lost, a retake), else a new task. */
  async #hold(worker: Worker, campaignId: string): Promise<Lease | null> {
    const { leases } = await this.#call(worker, taskRoutes.inbox)
    const held = leases.find((lease) => lease.campaignId === campaignId)
    if (held) return held
    const { lease } = await this.#call(worker, taskRoutes.claim, { body: { campaignId, termsVersion: 1 } })
    return lease
  }

  async #film(worker: Worker, dice: SeededRandom): Promise<void> {
    const { campaigns, clips } = this.#order
    const lease = await this.#hold(worker, campaigns.film)
    if (!lease) return pause(300)
    const clip = dice.next() < 0.15 ? clips.dark : clips.good
    const bytes = unlike(clip, 20_000 + dice.int(300_000))
    const upload = await this.#upload(worker, bytes, { campaignId: campaigns.film }, dice)
    const answer = takeAnswer(upload, clips.durationMs)
    const { submission } = await this.#submit(worker, { lease, answer, next: dice.next() < 0.3 }, dice)
    if (submission && dice.next() < 0.5) await this.#retakeOne(worker)
    await pause(200 + dice.int(900))
  }

  /** Takes something up again that came back, if there is anything. */
  async #retakeOne(worker: Worker): Promise<void> {
    const { items } = await this.#call(worker, submissionRoutes.listOwn, { query: { limit: 20 } })
    const returned = items.find(({ state, attempt }) => state === 'returned' && attempt === 1)
    if (!returned) return
    try {
      await this.#call(worker, submissionRoutes.retake, { params: { submissionId: returned.id } })
      this.#count('retake')
    } catch (cause) {
      // Taken up before (its answer was lost on the way, or the next attempt is sent already).
      if (!(cause instanceof CallError)) throw cause
    }
  }

  async #judge(worker: Worker, campaignIds: readonly string[], dice: SeededRandom): Promise<void> {
    let isIdle = true
    for (const campaignId of campaignIds) {
      let lease = await this.#hold(worker, campaignId)
      for (let round = 0; lease && round < 6; round += 1) {
        isIdle = false
        const outcome = dice.next() < 0.7 ? OUTCOMES[0] : (OUTCOMES[1 + dice.int(2)] ?? OUTCOMES[0])
        const next = round < 5 && dice.next() < 0.7
        const sent: Sent = { lease, answer: { choices: { outcome } }, next }
        lease = (await this.#submit(worker, sent, dice)).next
        await pause(60 + dice.int(250))
      }
    }
    if (isIdle) await pause(250)
  }

  /** Sends an answer until it is acknowledged, sometimes twice at once, sometimes again afterwards. */
  async #submit(worker: Worker, { lease, answer, next }: Sent, dice: SeededRandom) {
    const body = { id: randomUUID(), leaseId: lease.id, answer, activeMs: 1000 + dice.int(5000), next }
    const call = () => this.#call(worker, submissionRoutes.submit, { body })
    const replies = dice.next() < 0.2 ? await Promise.all([call(), call()]) : [await call()]
    if (dice.next() < 0.1) replies.push(await call())
    const [first] = replies
    for (const { submission } of replies) {
      if (submission.id !== body.id || submission.createdAt !== first?.submission.createdAt)
        this.acknowledged.lies.push(`submission ${body.id} has two answers from the server`)
    }
    const bodyHash = toHex(sha256(jcs({ leaseId: body.leaseId, answer: body.answer })))
    this.acknowledged.submissions.set(body.id, { bodyHash, workerId: worker.workerId, leaseId: lease.id })
    this.#count(lease.kind)
    return { submission: first?.submission, next: replies.at(-1)?.next ?? null }
  }

  async #import(manager: Person, dice: SeededRandom): Promise<void> {
    const { campaigns, clips } = this.#order
    const bytes = unlike(clips.good, 10_000 + dice.int(100_000))
    const { uploadId } = await this.#upload(manager, bytes, {}, dice)
    const rights = 'Filmed by the test itself; no person is in it.'
    const body = { id: randomUUID(), campaignId: campaigns.judgeImports, uploadId, rights }
    for (let times = dice.next() < 0.3 ? 2 : 1; times > 0; times -= 1) {
      const { id } = await this.#call(manager, mediaRoutes.importEpisode, { body })
      if (id !== body.id) this.acknowledged.lies.push(`import ${body.id} was answered as ${id}`)
    }
    this.acknowledged.imports.add(body.id)
    this.#count('import')
    await pause(300 + dice.int(500))
  }

  async #review(reviewer: Person, dice: SeededRandom): Promise<void> {
    const { items } = await this.#call(reviewer, reviewRoutes.list, { query: { limit: 20 } })
    for (const { id: reviewId, submissionId } of items) {
      const isReturned = submissionId !== null && dice.next() < 0.4
      const body = isReturned
        ? ({ decision: 'return', reasonCode: 'wrong-action', hint: 'Pick up the cup.' } as const)
        : ({ decision: 'accept', ...(submissionId ? {} : { label: OUTCOMES[0] }) } as const)
      try {
        await this.#call(reviewer, reviewRoutes.decide, { params: { reviewId }, body })
        this.#count('review')
      } catch (cause) {
        // Answers that came meanwhile may have settled it.
        if (!(cause instanceof CallError) || cause.code !== 'wrong-state') throw cause
      }
    }
    await pause(250)
  }

  async #watch(auditor: Person): Promise<void> {
    const { checkpoint } = await this.#call(auditor, logRoutes.status)
    this.acknowledged.checkpoints.add(checkpoint)
    await pause(120)
  }

  /** Gives back what workers still hold; a lease that a lost reply has hidden from them is among it. */
  async giveBack(workers: readonly Worker[]): Promise<void> {
    for (const worker of workers) {
      const { leases } = await this.#call(worker, taskRoutes.inbox)
      for (const { id: leaseId } of leases)
        await this.#call(worker, taskRoutes.release, { params: { leaseId } })
    }
  }
}

interface Sent {
  lease: Lease
  answer: Record<string, unknown>
  next: boolean
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(HURRY_MS, ms)))
