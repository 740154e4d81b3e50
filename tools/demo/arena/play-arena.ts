import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Client } from '@chiron/client'
import { campaignRoutes, leaderboardRoutes, payRoutes, type Reply } from '@chiron/contract'
import { assert, seededRandom, sha256, toHex, uuidv7 } from '@chiron/core/kit'
import { launchBrowser, whyNoBrowser } from '../../../tests/e2e/browser.ts'
import { startInstance } from '../../../tests/instance.ts'
import { chiron } from '../dataset.ts'
import { DemoUse } from '../options.ts'
import { onPhone } from '../people.ts'
import { openStage, type Stage } from '../stage.ts'
import { openWatch } from '../watch.ts'
import { joinByInvite } from '../worker.ts'
import {
  answerOf,
  DEMO_CONTROLLERS,
  DEMO_RATERS,
  DEMO_SCENARIOS,
  type Measured,
  replayDesign,
  truthOf,
} from './designs.ts'
import { judgePairs } from './judge-pairs.ts'

const SUITE = 'Arena demo'
const TITLE = 'Which robot did better?'
const CONTROLLERS = Object.entries(DEMO_CONTROLLERS)
  .map(([name, skill]) => `${name}=${skill}`)
  .join(',')
/** More votes than this are not bought. */
const QUOTA = 600
/** How often each design is played again for the count of votes. */
const REPLAYS = 100
const MOST_REPLAYED = 6000

type Say = (line: string) => void
type Closing = (close: () => Promise<unknown>) => void

type RunFacts = {
  controller: string
  scenario: string
  progress: number
  success: boolean
  files: { video: string }
}
type Simulated = {
  runs: RunFacts[]
  sent: { suiteId: string; suiteVersion: number; policyVersionIds: Record<string, string> }
}

/**
 * `npm run demo -- arena`: three controllers of different skill are simulated on a generated suite, scripted raters compare
 * their runs through real browsers, the leaderboard is held against what the simulation measured. Gives whether the order
 * is right.
 */
export async function playArena(screens: string, say: Say, closing: Closing): Promise<boolean> {
  const why = whyNoBrowser()
  if (why) throw new DemoUse(`No browser can be started here: ${why}`)
  const stage = await openStage(screens, say)
  const folder = await mkdtemp(path.join(tmpdir(), 'chiron-arena-'))
  closing(() => rm(folder, { recursive: true, force: true }))
  const out = path.join(folder, 'runs')
  const running = simulate(folder, out)
  running.catch(() => undefined) // told where it is waited for
  const instance = await stage.step('Chiron starts: own database, demo workspace', undefined, () =>
    startInstance(),
  )
  closing(() => instance.stop())
  const what = `MuJoCo runs three controllers on ${DEMO_SCENARIOS} generated scenarios, with a film of each`
  await stage.step(what, undefined, () => running)
  const simulated = await stage.step('The suite is frozen, and the runs are sent', undefined, () =>
    simulate(instance.home, out, ['--suite', SUITE, '--freeze']),
  )
  const { measured, byClip } = await measuredIn(out, simulated)
  const truth = truthOf(measured)
  const nameOf = namesOf(simulated)
  say(
    `            Truth, as measured: ${truth.map(({ version, progressMean }) => `${nameOf(version)} ${progressMean.toFixed(2)}`).join(' > ')}`,
  )
  const client = await openWatch(instance.home)
  await stage.step('People are asked which of two runs was better, blind', undefined, () =>
    ask(client, simulated),
  )
  const read = () =>
    client.call(leaderboardRoutes.read, {
      params: { suiteId: simulated.sent.suiteId, version: simulated.sent.suiteVersion },
      query: { world: 'sim' },
    })
  const browser = await launchBrowser()
  closing(() => browser.close())
  await judgeAll({ stage, browser, instance, read, byClip })
  const board = await read()
  return report({ board, truth, measured, nameOf, say })
}

/** Needs no server: it may run while one starts. The second time, with one, finds the runs there and sends them. */
async function simulate(home: string, out: string, target: readonly string[] = []): Promise<Simulated> {
  const what = ['simulate', '--count', String(DEMO_SCENARIOS), '--controllers', CONTROLLERS, '--seed', '1']
  return JSON.parse(await chiron(home, [...what, '--video', '--out', out, ...target, '--json'])) as Simulated
}

/** How far each version came, and the same by the bytes of the film: that is all a rater has before them. */
async function measuredIn(folder: string, { runs, sent }: Simulated) {
  const measured = new Map<string, Map<string, number>>()
  const byClip = new Map<string, number>()
  for (const { controller, scenario, progress, files } of runs) {
    const version = sent.policyVersionIds[controller] as string
    measured.set(version, (measured.get(version) ?? new Map()).set(scenario, progress))
    byClip.set(toHex(sha256(await readFile(path.join(folder, files.video)))), progress)
  }
  return { measured: measured as Measured, byClip }
}

const namesOf = ({ sent }: Simulated) => {
  const names = new Map(Object.entries(sent.policyVersionIds).map(([name, version]) => [version, name]))
  return (version: string): string => names.get(version) ?? version
}

async function ask(client: Client, { sent }: Simulated): Promise<void> {
  const { items } = await client.call(campaignRoutes.list)
  const demo = items.find(({ kind }) => kind === 'choose')
  assert(demo !== undefined, 'the demo workspace has a campaign of questions')
  const { id, state, termsVersion, noticeVersion, createdAt, publishedAt, counts, ...draft } = demo
  const amount = { amountMinor: 100_000, currency: draft.terms.currency ?? 'USD' }
  const fundId = uuidv7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
  await client.call(payRoutes.fund, {
    body: { id: fundId, amount, reference: 'Demo funds (not real money)' },
  })
  const made = await client.call(campaignRoutes.create, {
    body: {
      ...draft,
      kind: 'compare',
      title: Object.fromEntries(Object.keys(draft.briefs).map((locale) => [locale, TITLE])),
      quota: QUOTA,
      sourceCampaignId: null,
      config: {
        suiteId: sent.suiteId,
        suiteVersion: sent.suiteVersion,
        world: 'sim',
        policyVersionIds: Object.values(sent.policyVersionIds),
        stream: 'front',
        whyTermIds: [],
        asksProgress: false,
        until: 'order',
      },
      flow: { ...draft.flow, answers: { min: 1, max: 1, sureAt: 0.5 } },
    },
  })
  await client.call(campaignRoutes.publish, { params: { campaignId: made.id } })
}

type Board = Reply<typeof leaderboardRoutes.read>
type Judging = {
  stage: Stage
  browser: Awaited<ReturnType<typeof launchBrowser>>
  instance: { url: string; inviteLink: string }
  read: () => Promise<Board>
  byClip: ReadonlyMap<string, number>
}

async function judgeAll({ stage, browser, instance, read, byClip }: Judging): Promise<void> {
  const people = await stage.step(
    `${DEMO_RATERS.length} raters join on phones of their own`,
    undefined,
    async () => {
      const joined = []
      for (const rater of DEMO_RATERS) {
        const person = await onPhone(browser, rater.name, instance.url)
        await joinByInvite(person, instance.inviteLink)
        joined.push({ person, rater })
      }
      return joined
    },
  )
  const isOver = async () => {
    const { settled, voteCount } = await read()
    return settled.order || voteCount >= QUOTA
  }
  const progressOf = (clip: string): number => {
    const known = byClip.get(clip)
    assert(known !== undefined, 'every clip on the screen is one of the films')
    return known
  }
  await stage.step(
    'They judge pair after pair in the worker app, until the order is settled',
    undefined,
    () =>
      Promise.all(
        people.map(async ({ person, rater }, at) => {
          const dice = seededRandom(`rater ${at}`)
          const say = (left: string, right: string) =>
            answerOf(rater, dice, progressOf(left), progressOf(right))
          if (at === 0) await stage.shot(person.page, 'arena-inbox')
          return judgePairs(person, { title: TITLE, say, isOver })
        }),
      ),
  )
  for (const { person } of people) await person.close()
}

type Report = {
  board: Board
  truth: readonly { version: string }[]
  measured: Measured
  nameOf: (version: string) => string
  say: Say
}

function report({ board, truth, measured, nameOf, say }: Report): boolean {
  const found = board.items.map(({ policyVersionId }) => policyVersionId)
  const isRight = truth.every(({ version }, at) => found[at] === version)
  const line = board.items.map(
    ({ policyVersionId, strength, low, high }) =>
      `${nameOf(policyVersionId)} ${strength.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
  )
  say(`\nLeaderboard after ${board.voteCount} votes, all of them through browsers: ${line.join(' > ')}`)
  say(
    board.settled.order
      ? 'The order is settled.'
      : `It is not settled: the quota of ${QUOTA} votes was used up.`,
  )
  const replay = (design: 'adaptive' | 'even') =>
    Array.from({ length: REPLAYS }, (_, at) =>
      replayDesign(design, { measured, raters: DEMO_RATERS, seed: `${at}`, mostVotes: MOST_REPLAYED }),
    )
  const meanOf = (replays: ReturnType<typeof replay>) =>
    replays.reduce((sum, { votes }) => sum + votes, 0) / REPLAYS
  const [chosen, even] = [replay('adaptive'), replay('even')]
  const share = (votes: number) => `${((100 * votes) / meanOf(even)).toFixed(0)}%`
  say(
    `Judging all pairs evenly, raters of the same behaviour on the same runs need ${meanOf(even).toFixed(0)} votes until the same ` +
      `rule calls the order settled (mean of ${REPLAYS} replays without browsers, ${rangeOf(even)}).`,
  )
  say(
    `So the ${board.voteCount} votes above are ${share(board.voteCount)} of that. Choosing pairs as the server does takes ` +
      `${meanOf(chosen).toFixed(0)} in as many replays (${rangeOf(chosen)}), ${share(meanOf(chosen))}; ` +
      `${rightOf(chosen, truth)} of them end in the true order, of those asked evenly ${rightOf(even, truth)}.`,
  )
  say(
    'Known limit: the truth is how far the runs came in simulation, and raters see just that, with mistakes.',
  )
  say(
    isRight
      ? 'The leaderboard found the truth.'
      : `The order is wrong: measured ${truth.map(({ version }) => nameOf(version)).join(' > ')}.`,
  )
  return isRight
}

const rightOf = (replays: readonly { order: readonly string[] }[], truth: Report['truth']): number =>
  replays.filter(({ order }) => truth.every(({ version }, at) => order[at] === version)).length

const rangeOf = (replays: readonly { votes: number }[]): string => {
  const votes = replays.map((each) => each.votes)
  return `${Math.min(...votes)} to ${Math.max(...votes)}`
}
