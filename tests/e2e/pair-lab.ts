import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  accountRoutes,
  campaignRoutes,
  leaderboardRoutes,
  mediaPaths,
  payRoutes,
  policyRoutes,
  rolloutRoutes,
  suiteRoutes,
} from '@chiron/contract'
import { assert } from '@chiron/core/kit'
import { ffmpegPath } from '@chiron/formats/node'
import { sendWhole } from '../faults/tus-sender.ts'
import type { Instance } from '../instance.ts'
import { newId, signInAsMember } from './worker-phone.ts'

export const PAIR_TITLE = 'Which robot tidied better?'
export const PAIR_INSTRUCTION = 'Put the cup into the box.'

/** Seconds of a moving picture, 30 a second; `filter` is ffmpeg's, behind a comma. */
export function clipOf(seconds: number, filter: string): Buffer {
  const folder = mkdtempSync(path.join(tmpdir(), 'chiron-compare-'))
  const file = path.join(folder, 'clip.mp4')
  const source = `testsrc2=size=480x360:rate=30:duration=${seconds}${filter}`
  const quiet = ['-hide_banner', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', source]
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']
  execFileSync(ffmpegPath(), [...quiet, ...h264, file])
  const bytes = readFileSync(file)
  rmSync(folder, { recursive: true, force: true })
  return bytes
}

/** A film of a run, and where it begins on the run's clock. */
export type PairedRun = { bytes: Buffer; startMs?: number }

/** Two policy versions with a run each on a frozen suite, and people asked to compare them. Returns its leaderboard. */
export async function publishComparing(instance: Instance, runs: readonly [PairedRun, PairedRun]) {
  const call = await signInAsMember(instance, 'manager')
  const owner = await signInAsMember(instance, 'owner')
  const { secret } = await owner(accountRoutes.makeKey, { body: { name: 'runs', role: 'manager' } })
  const target = {
    url: `${instance.url}${mediaPaths.uploads}`,
    headers: { authorization: `Bearer ${secret}` },
  }
  const { items } = await call(campaignRoutes.list)
  const demo = items.find(({ kind }) => kind === 'choose')
  assert(demo, 'the demo campaign of questions')
  const { id: _, state, termsVersion, noticeVersion, createdAt, publishedAt, counts, ...draft } = demo
  const { ontologyId, ontologyVersion } = draft
  const suite = await call(suiteRoutes.create, { body: { name: 'Tidying', ontologyId, ontologyVersion } })
  const params = { suiteId: suite.suiteId, version: 1 }
  const content = {
    factors: [],
    impossible: [],
    scenarios: [
      { key: 'cup', instruction: { en: PAIR_INSTRUCTION, ar: 'ضع الكوب في الصندوق.' }, settings: {} },
    ],
    criteria: { success: { en: 'It is in the box.' }, milestones: [], timeLimitMs: null },
    outcomeIds: ['outcome.success', 'outcome.failure'],
    failureIds: ['failure.dropped'],
  }
  const changed = await call(suiteRoutes.change, { params, body: { revision: suite.revision, content } })
  await call(suiteRoutes.freeze, { params, body: { revision: changed.revision } })
  const policy = await call(policyRoutes.create, { body: { name: 'secret-policy' } })
  const policyVersionIds: string[] = []
  for (const [at, { bytes, startMs = 0 }] of runs.entries()) {
    const version = await call(policyRoutes.addVersion, {
      params: { policyId: policy.id },
      body: { label: `secret-${at}` },
    })
    policyVersionIds.push(version.id)
    const { uploadId } = await sendWhole(target, { bytes, metadata: { purpose: 'rollout' } })
    await call(rolloutRoutes.add, {
      body: {
        digest: createHash('sha256').update(bytes).digest('hex'),
        policyVersionId: version.id,
        world: 'real',
        suiteId: params.suiteId,
        suiteVersion: 1,
        scenarioKey: 'cup',
        success: null,
        streams: [{ name: 'front', kind: 'video', uploadId, startMs }],
      },
    })
  }
  const amount = { amountMinor: 100_000, currency: draft.terms.currency ?? 'USD' }
  await call(payRoutes.fund, { body: { id: newId(), amount, reference: 'for a test' } })
  const made = await call(campaignRoutes.create, {
    body: {
      ...draft,
      kind: 'compare',
      title: Object.fromEntries(Object.keys(draft.briefs).map((locale) => [locale, PAIR_TITLE])),
      quota: 20,
      sourceCampaignId: null,
      config: {
        ...params,
        suiteVersion: 1,
        world: 'real',
        policyVersionIds,
        stream: null,
        whyTermIds: ['failure.dropped', 'failure.collision'],
        asksProgress: true,
        until: 'never',
      },
      flow: { ...draft.flow, answers: { min: 1, max: 1, sureAt: 0.5 } },
    },
  })
  await call(campaignRoutes.publish, { params: { campaignId: made.id } })
  return () => call(leaderboardRoutes.read, { params })
}
