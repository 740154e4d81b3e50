import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launchBrowser, whyNoBrowser } from '../tests/e2e/browser.ts'
import { type Instance, startInstance } from '../tests/instance.ts'
import { playArena } from './demo/arena/play-arena.ts'
import { moneyWords, openBooks } from './demo/books.ts'
import { makeCamera } from './demo/camera.ts'
import { type ArenaOptions, type DemoOptions, DemoUse, HELP, readArena, readOptions } from './demo/options.ts'
import * as play from './demo/play.ts'
import { simulatedClip } from './demo/simulated-clip.ts'
import { openStage, type Stage, StepFailed } from './demo/stage.ts'
import { openWatch } from './demo/watch.ts'

/** `npm run demo`: the main job without hands, from an order to a verified dataset, with real browsers. */
const say = (line: string): void => console.log(line)
const closing: (() => Promise<unknown>)[] = []

async function closeAll(): Promise<void> {
  for (let last = closing.pop(); last; last = closing.pop()) await last().catch(() => undefined)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    say('Stopping; the Chiron of this demo is removed.')
    void closeAll().then(() => process.exit(130))
  })

try {
  const [first, ...rest] = process.argv.slice(2)
  if (first === 'arena') await runArena(readArena(rest, new Date()))
  else {
    const options = readOptions(process.argv.slice(2), new Date())
    if (options) await run(options)
    else say(HELP)
  }
} catch (cause) {
  const isTold = cause instanceof DemoUse || cause instanceof StepFailed
  console.error(isTold ? `\n${cause.message}` : cause)
  process.exitCode = cause instanceof DemoUse ? 2 : 1
} finally {
  await closeAll()
}

async function runArena(options: ArenaOptions | undefined): Promise<void> {
  if (!options) return say(HELP)
  const startedMs = performance.now()
  const isRight = await playArena(options.screens, say, (close) => closing.push(close))
  say(`All of it took ${((performance.now() - startedMs) / 1000).toFixed(0)} s.`)
  if (!isRight) process.exitCode = 1
}

async function run(options: DemoOptions): Promise<void> {
  const why = whyNoBrowser()
  if (why) throw new DemoUse(`No browser can be started here: ${why}`)
  const startedMs = performance.now()
  const stage = await openStage(options.screens, say)
  const scene = await setUp(stage, options)
  const verdict = await act(scene, options)
  const seconds = (performance.now() - startedMs) / 1000
  say(`\n${verdict.trim().replace(/^/gm, '  ')}\n`)
  for (const line of summary(stage, seconds, options)) say(line)
}

async function setUp(stage: Stage, { camera: clip }: DemoOptions): Promise<play.Scene> {
  say(`The camera shows ${clip ?? 'a clip simulated on this machine'}.\n`)
  const folder = await mkdtemp(path.join(tmpdir(), 'chiron-demo-'))
  closing.push(() => rm(folder, { recursive: true, force: true }))
  const film = (source: string): Promise<string> =>
    stage.step('The clip becomes a camera', undefined, () => makeCamera(source, folder))
  // A clip that cannot be one is told before anything else happens.
  const early = clip === undefined ? undefined : await film(clip)
  const instance: Instance = await stage.step('Chiron starts: own database, demo workspace', undefined, () =>
    startInstance(),
  )
  closing.push(() => instance.stop())
  const camera = early ?? (await film(simulatedClip(instance.home)))
  const browser = await launchBrowser({ camera })
  closing.push(() => browser.close())
  const client = await openWatch(instance.home)
  stage.watch(await openBooks(client))
  return { stage, instance, browser, client, camera }
}

async function act(scene: play.Scene, { out }: DemoOptions): Promise<string> {
  const { mona, campaigns } = await play.orderWork(scene)
  const { filip, judged } = await play.filmWork(scene)
  if (judged > 0) await play.judgeWork(scene, judged)
  else
    say(
      '            (The checks found a fault in each take twice: so a member decides, and others judge nothing.)',
    )
  await play.reviewWork(scene, campaigns)
  const verdict = await play.takeOut(scene, mona, { filming: campaigns.filming, out })
  await play.lookAround(scene, { mona, filip, campaigns })
  return verdict
}

function summary({ steps }: Stage, seconds: number, { out, screens }: DemoOptions): string[] {
  const earned = steps.flatMap(({ moved }) => moved).filter(({ kind }) => kind === 'accept')
  const sum = earned.reduce((total, { amountMinor }) => total + amountMinor, 0)
  const currency = earned[0]?.currency
  const here = (file: string): string => {
    const short = path.relative(process.cwd(), file)
    return short.startsWith('..') ? file : short
  }
  return [
    `All of it took ${seconds.toFixed(0)} s${currency ? `, and workers earned ${moneyWords(sum, currency)}` : ''}.`,
    `Dataset: ${here(out)}`,
    `Screens: ${here(screens)}`,
    `Check it yourself: npx chiron verify ${here(out)}`,
  ]
}
