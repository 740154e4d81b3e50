import { assert, Refusal } from '@chiron/core/kit'
import { type Contact, watchContacts } from './contacts.ts'
import { openController } from './controllers/open-controller.ts'
import { type Judgement, judgeRun, watchedBodies } from './judge-run.ts'
import { type Actuator, type Joint, type Model, numbers, openModel, type Physics, writable } from './model.ts'
import { setUp, startAt } from './set-up.ts'
import type { ControllerSpec, Perturbation, SimScenario } from './template.ts'

/** How often a run is looked at: as often as a film of it. */
export const SAMPLES_PER_SECOND = 30
export const MAX_RUN_MS = 120_000
const PUSH_MS = 20
const MAX_PUSHES = 100

/** A run in simulation. Sample `i` of a joint's positions begins at `qpos[i * positionsPerSample + joint.qposAt]`. */
export type SimRollout = {
  readonly scenarioKey: string
  readonly seed: number
  readonly joints: readonly Joint[]
  readonly actuators: readonly Actuator[]
  /** The end of each sample's step, in milliseconds; the first is the beginning. */
  readonly timesMs: Float64Array
  readonly positionsPerSample: number
  readonly qpos: Float64Array
  /** What each actuator was told, `actuators.length` numbers a sample. */
  readonly ctrl: Float64Array
  readonly contacts: readonly Contact[]
  /** What was pushed besides what the scenario does. */
  readonly perturbations: readonly Perturbation[]
} & Judgement

export type RunOrder = {
  readonly controller: ControllerSpec
  /** Dice of the controller; the scenario has its own. */
  readonly seed: number
  /** Pushes on top of the scenario's own. */
  readonly perturbations?: readonly Perturbation[]
  /** Positions of all joints at the beginning, as a sample of a run has them, instead of the template's. */
  readonly startQpos?: ArrayLike<number>
}

/**
 * Runs a scenario to its end. The same scenario, controller, seed and perturbations give the same to the last bit, in Node
 * and in a browser alike.
 * @throws Refusal `model-malformed`, `controller-unfit`, `perturbation-unfit`, or `simulation-unstable` with `{ atMs }`
 */
export function runScenario(physics: Physics, scenario: SimScenario, order: RunOrder): SimRollout {
  const { template } = scenario
  assert(template.durationMs > 0 && template.durationMs <= MAX_RUN_MS, 'a run of at most two minutes')
  const model = openModel(physics, scenario.mjcf)
  const watch = watchContacts(model)
  try {
    if (order.startQpos) startAt(model, order.startQpos)
    else setUp(model, template)
    const seed = `${scenario.key} ${order.seed}`
    const steer = openController(order.controller, { model, scenario, seed })
    const perturbations = order.perturbations ?? []
    const push = pusher(model, [...scenario.pushes, ...perturbations])
    const samples = openSamples(model, watchedBodies(template), template.durationMs)
    const stepCount = Math.round(template.durationMs / model.stepMs)
    for (let step = 0; step <= stepCount; step += 1) {
      const atMs = step * model.stepMs
      steer(atMs / 1000)
      if (samples.take(atMs)) watch.sample(samples.count() - 1)
      if (step === stepCount) break
      push(atMs)
      physics.mj_step(model.model, model.data)
      if (!Number.isFinite(numbers(model.data.qpos)[0])) throw unstable(atMs)
      watch.look(atMs + model.stepMs)
    }
    const taken = samples.all()
    const contacts = watch.contacts(taken.timesMs.length)
    const judged = judgeRun(template, { timesMs: taken.timesMs, places: taken.places, contacts })
    const { joints, actuators } = model
    const { places: _, ...kept } = taken
    return {
      scenarioKey: scenario.key,
      seed: order.seed,
      joints,
      actuators,
      ...kept,
      contacts,
      perturbations,
      ...judged,
    }
  } finally {
    watch.close()
    model.close()
  }
}

function openSamples(model: Model, watched: readonly string[], durationMs: number) {
  const { data, bodyAt } = model
  const positionsPerSample = model.model.nq
  const sampleMax = Math.ceil((durationMs / 1000) * SAMPLES_PER_SECOND) + 1
  const timesMs = new Float64Array(sampleMax)
  const qpos = new Float64Array(sampleMax * positionsPerSample)
  const ctrl = new Float64Array(sampleMax * model.actuators.length)
  const bodies = watched.flatMap((body) => (bodyAt(body) >= 0 ? [[body, bodyAt(body)] as const] : []))
  const places = new Map(bodies.map(([body]) => [body, new Float64Array(sampleMax * 3)]))
  let count = 0
  return {
    count: () => count,
    /** Keeps the state when it is time for a sample; whether it was. */
    take(atMs: number): boolean {
      if (count >= sampleMax || atMs * SAMPLES_PER_SECOND < count * 1000 - 1e-6) return false
      timesMs[count] = atMs
      qpos.set(numbers(data.qpos), count * positionsPerSample)
      ctrl.set(numbers(data.ctrl), count * model.actuators.length)
      for (const [body, at] of bodies)
        places.get(body)?.set(writable(data.xpos).subarray(at * 3, at * 3 + 3), count * 3)
      count += 1
      return true
    },
    all: () => ({
      timesMs: timesMs.slice(0, count),
      positionsPerSample,
      qpos: qpos.slice(0, count * positionsPerSample),
      ctrl: ctrl.slice(0, count * model.actuators.length),
      places: new Map([...places].map(([body, path]) => [body, path.slice(0, count * 3)])),
    }),
  }
}

/** An impulse is a force of so much over its time, on the body's middle of mass. */
function pusher(model: Model, pushes: readonly Perturbation[]): (atMs: number) => void {
  assert(pushes.length <= MAX_PUSHES, 'at most a hundred pushes')
  const known = pushes.map((each) => {
    const body = model.bodyAt(each.body)
    if (body > 0) return { ...each, body }
    const message = `There is no body “${each.body}” to push.`
    throw new Refusal('perturbation-unfit', { body: each.body }, message)
  })
  const forces = writable(model.data.xfrc_applied)
  return (atMs) => {
    for (const { body } of known) forces.fill(0, body * 6, body * 6 + 3)
    for (const { body, atMs: fromMs, impulseNs, overMs = PUSH_MS } of known) {
      if (atMs < fromMs || atMs >= fromMs + overMs) continue
      for (const [axis, part] of impulseNs.entries())
        forces[body * 6 + axis] = (forces[body * 6 + axis] ?? 0) + part / (overMs / 1000)
    }
  }
}

const unstable = (atMs: number) =>
  new Refusal(
    'simulation-unstable',
    { atMs },
    `The simulation became unstable after ${Math.round(atMs)} ms: the model, or what steers it, is too stiff for its step.`,
  )
