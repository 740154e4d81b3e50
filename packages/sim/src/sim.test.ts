import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { starterOntology } from '@chiron/core/ontology'
import { suiteContentSchema, suiteCoverage, suiteFaults } from '@chiron/core/suite'
import { expect, test } from 'vitest'
import {
  type BalanceRobot,
  balanceTemplate,
  type ControllerSpec,
  generateScenarios,
  openModel,
  pickPlaceTemplate,
  posesAt,
  positionsIn,
  runScenario,
  type ScenarioTemplate,
  scenarioOf,
  suiteContentOf,
  trajectoryOf,
} from './index.ts'
import { loadPhysics } from './node/index.ts'

const physics = await loadPhysics()
const DATA = process.env.CHIRON_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const ROBOTS = path.join(DATA, 'robots')
const FILES: Record<BalanceRobot, string> = {
  humanoid: 'mujoco_humanoid.xml',
  g1: 'g1_29dof_nomesh.mjcf.xml',
}
const hasRobots = existsSync(ROBOTS)
const robotTemplate = (robot: BalanceRobot) =>
  balanceTemplate(robot, readFileSync(path.join(ROBOTS, FILES[robot]), 'utf8'))

const EASY = {
  object: 'block',
  pose: 'usual',
  clutter: 'none',
  light: 'bright',
  surface: 'rough',
  distractors: 'none',
}
const easy = scenarioOf(pickPlaceTemplate, { key: 'easy', settings: EASY, seed: 1 })
const run = (controller: ControllerSpec, seed = 1, scenario = easy) =>
  runScenario(physics, scenario, { controller, seed })

test('SIM-20 a run begins where a sample of another has its joints, and of another model it does not', () => {
  const whole = run({ kind: 'pick-place', skill: 1 })
  const at = 60 * whole.positionsPerSample
  const startQpos = whole.qpos.slice(at, at + whole.positionsPerSample)
  const order = { controller: { kind: 'pick-place', skill: 1 } as const, seed: 1, startQpos }
  const later = runScenario(physics, easy, order)
  expect([...later.qpos.slice(0, whole.positionsPerSample)]).toEqual([...startQpos])
  const short = { ...order, startQpos: startQpos.slice(1) }
  expect(() => runScenario(physics, easy, short)).toThrow('same model')
})

test('SIM-1 the same seed makes the same scene, another another; what is missing is refused by name', () => {
  const again = scenarioOf(pickPlaceTemplate, { key: 'easy', settings: EASY, seed: 1 })
  expect(again).toEqual(easy)
  expect(easy.mjcf).not.toContain('{{')
  expect(scenarioOf(pickPlaceTemplate, { key: 'easy', settings: EASY, seed: 2 }).mjcf).not.toBe(easy.mjcf)
  // A further drawn value moves no other one.
  const more: ScenarioTemplate = { ...pickPlaceTemplate, base: { wind: [0, 1] } }
  expect(scenarioOf(more, { key: 'easy', settings: EASY, seed: 1 }).mjcf).toBe(easy.mjcf)
  const { light: _, ...dark } = EASY
  const of = (template: ScenarioTemplate, settings: Record<string, string>) => () =>
    scenarioOf(template, { key: 'k', settings, seed: 1 })
  expect(of(pickPlaceTemplate, dark)).toThrow('no level “undefined” of “light”')
  expect(of({ ...pickPlaceTemplate, mjcf: '{{mist}}' }, EASY)).toThrow('nothing says “mist”')
})

test('SIM-2 scenarios leave no two factors’ combination out, and make a suite that may be frozen', () => {
  const scenarios = generateScenarios(pickPlaceTemplate, { seed: 'a', count: 20 })
  const content = suiteContentOf(pickPlaceTemplate, scenarios)
  expect(suiteContentSchema.parse(content)).toEqual(content)
  expect(suiteFaults(content, starterOntology.terms)).toEqual([])
  expect(suiteCoverage(content, 2).holes).toEqual([])
  expect(generateScenarios(pickPlaceTemplate, { seed: 'a', count: 20 })).toEqual(scenarios)
  expect(generateScenarios(pickPlaceTemplate, { seed: 'b', count: 20 })).not.toEqual(scenarios)
  // Fewer are the first of more: what was run stays.
  const three = generateScenarios(pickPlaceTemplate, { seed: 'a', count: 3 })
  expect(three).toEqual(scenarios.slice(0, 3))
  expect(() => generateScenarios(pickPlaceTemplate, { seed: 'a', count: 200 })).toThrow(
    '144 scenarios, not 200',
  )
})

test('SIM-3 the same order gives the same run to the last bit; another seed or a push another', () => {
  const controller = { kind: 'pick-place', skill: 0.5 } as const
  const first = run(controller)
  expect(run(controller)).toEqual(first)
  expect(run(controller, 2).qpos).not.toEqual(first.qpos)
  const pushed = runScenario(physics, easy, {
    controller,
    seed: 1,
    perturbations: [{ body: 'object', atMs: 300, impulseNs: [0, 0.03, 0] }],
  })
  const until = first.timesMs.findIndex((atMs) => atMs >= 300) * first.positionsPerSample
  expect(pushed.qpos.slice(0, until)).toEqual(first.qpos.slice(0, until))
  expect(pushed.qpos).not.toEqual(first.qpos)
  const nowhere = { body: 'nose', atMs: 0, impulseNs: [1, 0, 0] as const }
  expect(() => runScenario(physics, easy, { controller, seed: 1, perturbations: [nowhere] })).toThrow(
    'no body “nose”',
  )
})

test('SIM-4 a run says what touched, what came of it, why it failed and when', () => {
  const placed = run({ kind: 'pick-place', skill: 1 })
  expect(placed).toMatchObject({ success: true, failureId: null, failureAtMs: null, progress: 1 })
  expect(placed.timesMs).toHaveLength(136)
  const grip = placed.contacts.find(({ one, other }) => one === 'left' && other === 'object')
  const [span] = grip?.spans ?? []
  expect(span?.startMs).toBeGreaterThan(900)
  expect(span?.endMs).toBeLessThan(3600)
  expect(span?.peakForceN).toBeGreaterThan(2)
  const atLift = placed.timesMs.findIndex((atMs) => atMs > 1800)
  expect(grip?.forcesN[atLift]).toBeGreaterThan(1)
  // The table carries the block before it is lifted: 60 g are 0.59 N.
  const rest = placed.contacts.find(({ one, other }) => one === 'object' && other === 'table')
  expect(rest?.forcesN[15]).toBeCloseTo(0.06 * 9.81, 1)

  const failed = (mistake: 'drops' | 'misses' | 'misplaces') => run({ kind: 'pick-place', skill: 1, mistake })
  const dropped = failed('drops')
  expect(dropped).toMatchObject({ success: false, failureId: 'failure.dropped' })
  expect(dropped.failureAtMs).toBeGreaterThan(2000)
  expect(dropped.failureAtMs).toBeLessThan(3000)
  expect(dropped.progress).toBeCloseTo(2 / 3, 5)
  expect(failed('misses')).toMatchObject({
    success: false,
    failureId: 'failure.missed-grasp',
    failureAtMs: 4500,
  })
  expect(failed('misplaces')).toMatchObject({
    success: false,
    failureId: 'failure.wrong-place',
    failureAtMs: 4500,
  })
})

const meanProgress = (template: ScenarioTemplate, skill: number, count: number) => {
  const scenarios = generateScenarios(template, { seed: 'skill', count })
  const runs = scenarios.map((scenario) => run({ kind: template.controller, skill }, 7, scenario))
  return runs.reduce((sum, { progress }) => sum + progress, 0) / count
}

test('SIM-5 more skill gets further: the gripper', () => {
  const [good, middling, poor] = [1, 0.5, 0].map((skill) => meanProgress(pickPlaceTemplate, skill, 12))
  expect(good).toBeGreaterThan(0.9)
  expect(middling).toBeLessThan(good! - 0.1)
  expect(poor).toBeLessThan(middling! - 0.1)
})

test.skipIf(!hasRobots).each(['humanoid', 'g1'] as const)(
  'SIM-5 more skill stands longer: the %s',
  (robot) => {
    const template = robotTemplate(robot)
    const [good, poor] = [1, 0].map((skill) => meanProgress(template, skill, 6))
    expect(good).toBeGreaterThan(0.7)
    expect(poor).toBeLessThan(good! - 0.2)
  },
)

test.skipIf(!hasRobots)(
  'SIM-4 the humanoid that is pushed hard falls after the push, and its feet carry it before',
  () => {
    const settings = { push: 'strong', direction: 'behind', moment: 'late', surface: 'rough' }
    const scenario = scenarioOf(robotTemplate('humanoid'), { key: 'push', settings, seed: 3 })
    const fallen = run({ kind: 'balance', skill: 0.6 }, 1, scenario)
    const [push] = scenario.pushes
    expect(fallen).toMatchObject({ success: false, failureId: 'failure.fell' })
    expect(fallen.failureAtMs).toBeGreaterThan(push!.atMs)
    const carried = fallen.contacts
      .filter(({ one, other }) => one === 'floor' && other.startsWith('foot'))
      .reduce((sum, { forcesN }) => sum + forcesN[20]!, 0)
    const weight = 9.81 * massOf(scenario.mjcf)
    expect(carried).toBeGreaterThan(0.7 * weight)
    expect(carried).toBeLessThan(1.4 * weight)
  },
)

function massOf(mjcf: string): number {
  const model = openModel(physics, mjcf)
  const masses: number[] = Array.from(model.model.body_mass as ArrayLike<number>)
  model.close()
  return masses.reduce((sum, mass) => sum + mass, 0)
}

test('SIM-6 a replayed run ends as the one it was taken from; another robot’s trajectory is refused', () => {
  const taken = run({ kind: 'pick-place', skill: 1 })
  const trajectory = trajectoryOf(taken)
  const again = run({ kind: 'replay', trajectory })
  expect(again).toMatchObject({ success: true, failureId: null })
  const end = (of: typeof taken) => of.qpos.slice(-of.positionsPerSample, -of.positionsPerSample + 3)
  for (const axis of [0, 1]) expect(Math.abs(end(again)[axis]! - end(taken)[axis]!)).toBeLessThan(0.01)
  const other = { columns: ['elbow'], timesMs: [0], values: [[0]] }
  expect(() => run({ kind: 'replay', trajectory: other })).toThrow('no column is named after a joint')
  // Back from columns, the positions are the run's own.
  expect(positionsIn(taken.joints, taken.positionsPerSample, trajectory)).toEqual(taken.qpos)
})

test.skipIf(!hasRobots)('SIM-6 the G1 follows joint positions with its motors', () => {
  const settings = { push: 'light', direction: 'front', moment: 'late', surface: 'rough' }
  const scenario = scenarioOf(robotTemplate('g1'), { key: 'wave', settings, seed: 1 })
  const trajectory = { columns: ['left_elbow_joint'], timesMs: [0, 500], values: [[0.6, 1.4]] }
  const waved = run({ kind: 'replay', trajectory }, 1, scenario)
  const elbow = waved.joints.find(({ name }) => name === 'left_elbow_joint')!
  const at = waved.timesMs.findIndex((atMs) => atMs >= 800)
  expect(waved.qpos[at * waved.positionsPerSample + elbow.qposAt]).toBeGreaterThan(1)
})

test('SIM-7 geoms are found where the run had them; a model that makes no sense is refused', () => {
  const taken = run({ kind: 'pick-place', skill: 1 })
  const model = openModel(physics, easy.mjcf)
  const object = model.geoms.findIndex(({ name }) => name === 'object')
  const hand = model.geoms.findIndex(({ name }) => name === 'palm')
  const root = taken.joints.find(({ name }) => name === 'object')!
  for (const sample of [0, 70, 135]) {
    const qpos = taken.qpos.slice(sample * taken.positionsPerSample, (sample + 1) * taken.positionsPerSample)
    const { middles } = posesAt(model, qpos)
    expect(middles.slice(object * 3, object * 3 + 3)).toEqual(qpos.slice(root.qposAt, root.qposAt + 3))
    expect(middles[hand * 3 + 2]).toBeGreaterThan(middles[object * 3 + 2]!)
  }
  expect(model.geoms[object]).toMatchObject({ body: 'object', type: 'box', size: [0.025, 0.025, 0.025] })
  model.close()
  expect(() => openModel(physics, '<mujoco><worldbody><geom type="box"/></worldbody></mujoco>')).toThrow(
    'MuJoCo cannot load the model',
  )
})
