import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ontologyRoutes, policyRoutes, rolloutRoutes, suiteRoutes } from '@chiron/contract'
import { sha256, toHex } from '@chiron/core/kit'
import { trajectoryText } from '@chiron/formats/trajectory'
import {
  balanceTemplate,
  type ControllerSpec,
  pickPlaceTemplate,
  runScenario,
  type SimScenario,
  scenarioOf,
  suiteContentOf,
  trajectoryOf,
} from '@chiron/sim'
import { loadPhysics } from '@chiron/sim/node'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildApps } from '../../tools/build.ts'
import { chiron } from '../../tools/demo/dataset.ts'
import { type Instance, startInstance } from '../instance.ts'
import { type Key, keyOf, upload } from './arena-lab.ts'
import { launchBrowser, whyNoBrowser } from './browser.ts'
import { type Desks, openDesks } from './desk.ts'
import { logRobot, POST, POST_CSV } from './sim-lab.ts'

const missing = whyNoBrowser()
if (missing) console.log(`robots in motion are not looked at in a browser: ${missing}`)
const onDesk = test.skipIf(missing !== '')
const DATA = process.env.CHIRON_DATA ?? path.resolve(import.meta.dirname, '../../../shared/data')
const ROBOTS = path.join(DATA, 'robots')

let instance: Instance
let browser: Browser
let desks: Desks
let key: Key
let policyVersionId: string

beforeAll(async () => {
  if (missing) return
  await buildApps({ apps: ['console'], log: () => {} })
  instance = await startInstance()
  key = await keyOf(instance)
  const { id: policyId } = await key.client.call(policyRoutes.create, { body: { name: 'scripted' } })
  const params = { policyId }
  policyVersionId = (await key.client.call(policyRoutes.addVersion, { params, body: { label: 'v1' } })).id
  browser = await launchBrowser()
  desks = openDesks(browser, instance)
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await instance?.stop()
  desks?.expectNoFaults()
})

/** A suite of this one scenario, frozen, and a run that says which scene it was: it needs no model. */
async function logOwn(name: string, scenario: SimScenario): Promise<string> {
  const controller = { kind: 'pick-place', skill: 1 } as const
  const run = runScenario(await loadPhysics(), scenario, { controller, seed: 1 })
  const csv = [...trajectoryText(trajectoryOf(run) as Parameters<typeof trajectoryText>[0])].join('')
  const { items } = await key.client.call(ontologyRoutes.list)
  const body = { name, ontologyId: items[0]?.id ?? '', ontologyVersion: items[0]?.latestVersion ?? 1 }
  const { suiteId, revision } = await key.client.call(suiteRoutes.create, { body })
  const params = { suiteId, version: 1 }
  const content = suiteContentOf(pickPlaceTemplate, [scenario])
  const draft = await key.client.call(suiteRoutes.change, { params, body: { revision, content } })
  await key.client.call(suiteRoutes.freeze, { params, body: { revision: draft.revision } })
  const uploadId = await upload(key, Buffer.from(csv))
  const rollout = await key.client.call(rolloutRoutes.add, {
    body: {
      ...{ digest: toHex(sha256(name)), policyVersionId, world: 'sim', success: run.success },
      ...{ suiteId, suiteVersion: 1, scenarioKey: scenario.key },
      source: { format: 'sim', sim: { template: 'pick-place', scenarioSeed: scenario.seed, controller } },
      streams: [{ name: 'state', kind: 'trajectory', uploadId }],
    },
  })
  return rollout.id
}

const log = (name: string, mjcf: string, csv: string): Promise<string> =>
  logRobot(key, { name, policyVersionId, mjcf, csv })

async function logRun(name: string, scenario: SimScenario, controller: ControllerSpec): Promise<string> {
  const run = runScenario(await loadPhysics(), scenario, { controller, seed: 1 })
  const csv = [...trajectoryText(trajectoryOf(run) as Parameters<typeof trajectoryText>[0])].join('')
  return log(name, scenario.mjcf, csv)
}

async function open(page: Page, rolloutId: string): Promise<void> {
  await page.goto(`${instance.url}/console/evaluate/rollouts/${rolloutId}`)
  await page.getByRole('heading', { name: 'The robot in motion' }).waitFor()
  await page.getByRole('button', { name: 'Show the robot' }).click()
  await page.locator('canvas[data-shown-ms]').waitFor({ timeout: 120_000 })
}

const policyOf = async (url: string): Promise<string> =>
  (await fetch(url)).headers.get('content-security-policy') ?? ''

async function picture(page: Page): Promise<Buffer> {
  return page.locator('canvas.robot-canvas').screenshot()
}

async function push(page: Page, part: string, impulse: string): Promise<void> {
  await page.getByLabel('Which part').selectOption(part)
  await page.getByLabel('How hard').fill(impulse)
  await page.getByRole('button', { name: /^Push at/ }).click()
  await page.getByText('With the push', { exact: true }).waitFor({ timeout: 120_000 })
}

onDesk(
  'a logged robot is seen, moved along the axis, turned by keys, pushed, and then ends otherwise',
  async () => {
    const page = await (await desks.of('manager')).newPage()
    await open(page, await log('post', POST, POST_CSV))
    // What makes functions of texts may do so in its worker, and on no page.
    const [worker] = page.workers().map((each) => each.url())
    expect(worker).toMatch(/physics\.worker-/)
    expect(await policyOf(worker ?? '')).toContain("'unsafe-eval'")
    expect(await policyOf(page.url())).not.toContain("'unsafe-eval'")
    await page.getByText('One part is a mesh in a file of its own and is not shown.').waitFor()
    const first = await picture(page)
    const stage = page.getByRole('application')
    await stage.focus()
    await page.keyboard.press('ArrowRight')
    const turned = await picture(page)
    expect(turned.equals(first)).toBe(false)
    // The moment is the player's: a step of its keys moves the robot.
    const slider = page.getByRole('slider')
    await slider.focus()
    await page.keyboard.press('End')
    await page.locator('canvas[data-shown-ms="2980"], canvas[data-shown-ms="3000"]').waitFor()
    expect((await picture(page)).equals(turned)).toBe(false)
    await page.keyboard.press('Home')
    await page.locator('canvas[data-shown-ms="0"]').waitFor()
    for (let step = 0; step < 10; step += 1) await page.keyboard.press('.')
    await page.locator('canvas[data-shown-ms="200"]').waitFor()
    await push(page, 'trunk', '0.1')
    const endings = page.locator('.endings dd')
    expect(await endings.allTextContents()).toEqual(['It stays up.', 'It stays up.'])
    await push(page, 'trunk', '30')
    await page.getByText(/^It falls at [01]\.\d\d s\.$/).waitFor()
    expect(await endings.first().textContent()).toBe('It stays up.')
    await page.getByText('Solid: with the push. Seen through: as recorded.').waitFor()
    await page.getByRole('button', { name: 'Play' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    await page.getByRole('button', { name: 'Play' }).waitFor()
    await page.getByRole('button', { name: 'Take the push away' }).click()
    await page.getByText('Drag to turn').waitFor()
    await page.close()
  },
  240_000,
)

onDesk(
  'the gripper of this project takes its block away, unless the block is pushed',
  async () => {
    const settings = {
      ...{ object: 'block', pose: 'usual', clutter: 'none', light: 'bright' },
      ...{ surface: 'rough', distractors: 'none' },
    }
    const scenario = scenarioOf(pickPlaceTemplate, { key: 'easy', settings, seed: 1 })
    const page = await (await desks.of('manager')).newPage()
    await open(page, await logOwn('Gripper', scenario))
    await push(page, 'object', '0.1')
    const words = (await page.locator('.endings dd').nth(1).textContent()) ?? ''
    expect(Number(/object ends (\d+\.\d\d) m/.exec(words)?.[1])).toBeGreaterThan(0.05)
    await page.close()
  },
  240_000,
)

test.skipIf(missing !== '' || !existsSync(ROBOTS)).each([
  ['humanoid', 'mujoco_humanoid.xml', 'torso', { push: 'light', direction: 'behind' }],
  ['g1', 'g1_29dof_nomesh.mjcf.xml', 'pelvis', { push: 'light', direction: 'behind' }],
] as const)(
  'the %s of others is seen and pushed, too',
  async (robot, file, trunk, levels) => {
    const template = balanceTemplate(robot, readFileSync(path.join(ROBOTS, file), 'utf8'))
    const settings = { ...levels, moment: 'early', surface: 'rough' }
    const scenario = scenarioOf(template, { key: 'light', settings, seed: 1 })
    const page = await (await desks.of('manager')).newPage()
    await open(page, await logRun(robot, scenario, { kind: 'balance', skill: 1 }))
    await push(page, trunk, '3')
    expect(await page.locator('.endings dd').allTextContents()).toEqual(['It stays up.', 'It stays up.'])
    await push(page, trunk, '120')
    await page
      .getByText(/It falls at \d\.\d\d s\./)
      .last()
      .waitFor()
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/replay-${robot}.png`, fullPage: true })
    await page.close()
  },
  240_000,
)

test.skipIf(missing !== '' || !existsSync(ROBOTS))(
  'a robot that `chiron simulate` made stand is seen in its scene, and pushed again by its own controller and rule',
  async () => {
    const out = mkdtempSync(path.join(tmpdir(), 'chiron-balance-'))
    const robot = path.join(ROBOTS, 'mujoco_humanoid.xml')
    const order = [
      '--template',
      'balance-humanoid',
      '--robot',
      robot,
      '--count',
      '1',
      '--controllers',
      'firm=1',
    ]
    const sending = ['--out', out, '--suite', 'Standing', '--freeze', '--json']
    const { sent } = JSON.parse(await chiron(instance.home, ['simulate', ...order, ...sending]))
    const page = await (await desks.of('manager')).newPage()
    await open(page, sent.rolloutIds[0])
    await push(page, 'torso', '0.1')
    const endings = page.locator('.endings dd')
    const words = await endings.allTextContents()
    expect(words[0]).toMatch(/^By the scenario’s own rule it (succeeds|fails at)/)
    // As the run that was simulated: `firm` stood, or fell at the same moment.
    const { success } = await key.client.call(rolloutRoutes.read, {
      params: { rolloutId: sent.rolloutIds[0] },
    })
    expect(words[0]?.includes('succeeds')).toBe(success)
    await push(page, 'torso', '200')
    await page.getByText(/it fails at \d\.\d\d s: Fell/).waitFor()
    await page
      .getByText(/^Pushed: .* on .* \(N\)$/)
      .first()
      .waitFor()
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/replay-simulated.png`, fullPage: true })
    await page.getByRole('button', { name: 'Take the push away' }).click()
    expect(await page.getByText(/^Pushed: /).count()).toBe(0)
    await page.close()
    rmSync(out, { recursive: true, force: true })
  },
  240_000,
)

onDesk(
  'what is missing is said, what MuJoCo cannot load is told in its words',
  async () => {
    const page = await (await desks.of('manager')).newPage()
    const told = await key.client.call(rolloutRoutes.add, {
      body: { digest: toHex(sha256('told')), policyVersionId, world: 'real', success: true, streams: [] },
    })
    await page.goto(`${instance.url}/console/evaluate/rollouts/${told.id}`)
    await page.getByText('No picture and no joints').waitFor()
    const weightless = POST.replace('mass="2" rgba', 'rgba').replace('damping=".2"', 'stiffness="hard"')
    const broken = await log('broken', weightless, POST_CSV)
    await page.goto(`${instance.url}/console/evaluate/rollouts/${broken}`)
    await page.getByRole('button', { name: 'Show the robot' }).click()
    await page.getByRole('alert').getByText('The robot could not be shown.').waitFor({ timeout: 120_000 })
    await page.close()
  },
  240_000,
)
