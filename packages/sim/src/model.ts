import { assert, fromUtf8, Refusal } from '@chiron/core/kit'
import type { MainModule, MjData, MjModel } from '@mujoco/mujoco'

/** MuJoCo as WebAssembly, loaded by `@chiron/sim/node` or `@chiron/sim/web`. */
export type Physics = MainModule

const JOINT_TYPES = ['free', 'ball', 'slide', 'hinge'] as const
const GEOM_TYPES = ['plane', 'hfield', 'sphere', 'capsule', 'ellipsoid', 'cylinder', 'box', 'mesh'] as const
const POSITIONS = { free: 7, ball: 4, slide: 1, hinge: 1 } as const
const MAX_MODEL_CHARS = 20 * 1024 * 1024

export type Joint = {
  readonly name: string
  readonly type: (typeof JOINT_TYPES)[number]
  /** Where its positions begin in qpos, and its speeds in qvel. */
  readonly qposAt: number
  readonly dofAt: number
}
export type Geom = {
  readonly name: string
  readonly body: string
  readonly type: (typeof GEOM_TYPES)[number] | 'other'
  /** Half sizes as MuJoCo keeps them: a box's three, a sphere's radius, a capsule's radius and half length. */
  readonly size: readonly [number, number, number]
  readonly rgba: readonly [number, number, number, number]
  readonly isShown: boolean
}
/** `name`: its own, or else its joint's. */
export type Actuator = {
  readonly name: string
  readonly joint: string | null
  readonly gear: number
  readonly isPosition: boolean
}

/** A model that is loaded, with the state of one run. `close` frees its memory: WebAssembly has no garbage collection. */
export type Model = {
  readonly physics: Physics
  readonly model: MjModel
  readonly data: MjData
  readonly stepMs: number
  readonly joints: readonly Joint[]
  readonly geoms: readonly Geom[]
  readonly bodies: readonly string[]
  readonly actuators: readonly Actuator[]
  /** The index of a body by name, or −1. */
  bodyAt(name: string): number
  close(): void
}

/**
 * Loads a scene in MuJoCo's XML.
 * @throws Refusal `model-malformed` with MuJoCo's own words
 */
export function openModel(physics: Physics, mjcf: string): Model {
  assert(mjcf.length <= MAX_MODEL_CHARS, 'a model of at most 20 MB')
  const model = compiled(physics, mjcf)
  const data = new physics.MjData(model)
  // Places are known before the first step only after this.
  physics.mj_forward(model, data)
  const bodies = namesOf(model, model.name_bodyadr, model.nbody)
  const jointNames = namesOf(model, model.name_jntadr, model.njnt).map((name, at) => name || `joint ${at}`)
  return {
    physics,
    model,
    data,
    stepMs: model.opt.timestep * 1000,
    bodies,
    joints: jointsOf(model, jointNames),
    geoms: geomsOf(model, bodies),
    actuators: actuatorsOf(model, jointNames),
    bodyAt: (body) => bodies.indexOf(body),
    close() {
      data.delete()
      model.delete()
    },
  }
}

function compiled(physics: Physics, mjcf: string): MjModel {
  try {
    return physics.MjModel.from_xml_string(mjcf)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Refusal('model-malformed', { reason }, `MuJoCo cannot load the model: ${reason}`)
  }
}

/** Names end with a zero, one after the other; '' where there is none (`mj_id2name` gives noise for those). */
function namesOf(model: MjModel, starts: unknown, count: number): string[] {
  const [from, all] = [numbers(starts), numbers(model.names)]
  return each(count, (at) => {
    const bytes: number[] = []
    for (let next = from[at] ?? 0; (all[next] ?? 0) !== 0; next += 1) bytes.push((all[next] ?? 0) & 0xff)
    return fromUtf8(Uint8Array.from(bytes))
  })
}

function jointsOf(model: MjModel, names: readonly string[]): Joint[] {
  const [types, qposAt, dofAt] = [
    numbers(model.jnt_type),
    numbers(model.jnt_qposadr),
    numbers(model.jnt_dofadr),
  ]
  return each(model.njnt, (at) => ({
    name: names[at] ?? '',
    type: JOINT_TYPES[types[at] ?? 3] ?? 'hinge',
    qposAt: qposAt[at] ?? 0,
    dofAt: dofAt[at] ?? 0,
  }))
}

function geomsOf(model: MjModel, bodies: readonly string[]): Geom[] {
  const names = namesOf(model, model.name_geomadr, model.ngeom)
  const [types, sizes, colours] = [
    numbers(model.geom_type),
    numbers(model.geom_size),
    numbers(model.geom_rgba),
  ]
  const [owners, groups] = [numbers(model.geom_bodyid), numbers(model.geom_group)]
  return each(model.ngeom, (at) => {
    const rgba = [0, 1, 2, 3].map((part) => colours[at * 4 + part] ?? 1) as never as Geom['rgba']
    const body = bodies[owners[at] ?? 0] ?? ''
    return {
      // Parts without a name of their own go by their body's.
      name: names[at] || body,
      body,
      type: GEOM_TYPES[types[at] ?? -1] ?? 'other',
      size: [0, 1, 2].map((part) => sizes[at * 3 + part] ?? 0) as never as Geom['size'],
      rgba,
      isShown: rgba[3] > 0 && (groups[at] ?? 0) < 3,
    }
  })
}

function actuatorsOf(model: MjModel, joints: readonly string[]): Actuator[] {
  const names = namesOf(model, model.name_actuatoradr, model.nu)
  const [kinds, targets, gears] = [
    numbers(model.actuator_trntype),
    numbers(model.actuator_trnid),
    numbers(model.actuator_gear),
  ]
  const biases = numbers(model.actuator_biastype)
  return each(model.nu, (at) => {
    const joint = kinds[at] === 0 ? (joints[targets[at * 2] ?? 0] ?? null) : null
    return {
      name: names[at] || (joint ?? `actuator ${at}`),
      joint,
      gear: gears[at * 6] || 1,
      isPosition: biases[at] === 1,
    }
  })
}

/** How many numbers a joint's position has. */
export const positionCount = ({ type }: Joint): number => POSITIONS[type]

/** MuJoCo's arrays, which its own types leave open. */
export const numbers = (array: unknown): ArrayLike<number> => array as ArrayLike<number>
export const writable = (array: unknown): Float64Array => array as Float64Array

const each = <T>(count: number, of: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => of(at))
