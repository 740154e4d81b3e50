import { Refusal, type SeededRandom, seededRandom, throwNormal } from '@chiron/core/kit'
import { type Model, numbers, writable } from '../model.ts'
import type { ControllerSpec, SimScenario } from '../template.ts'
import { PAD } from '../templates/pick-place-scene.ts'
import { drawnValue, type Steer, type Steered, withinRange } from './controller.ts'

/** Targets of the five actuators from `atSeconds` on: hand x, y, z and how far the fingers close. */
type Waypoint = {
  readonly atSeconds: number
  readonly x: number
  readonly y: number
  readonly z: number
  readonly grip: number
}
type Place = { readonly x: number; readonly y: number }
type Spec = Extract<ControllerSpec, { kind: 'pick-place' }>

const HIGH = 0
/** Hand lowered so that the fingertips stand just above the table. */
const LOW = -0.163
const OPEN = 0.004
const CLOSED = 0.046
/** What an unskilled one gets wrong, as standard deviations in metres and as chances, in good light. */
const AIM_ERROR_M = 0.028
const PLACE_ERROR_M = 0.07
const DROP_CHANCE = 0.35
const WRONG_CHANCE = 0.3
const HEIGHT_ERROR_M = 0.012

/**
 * Picks the object up and puts it on the pad along waypoints that are planned once, from what it sees at the beginning.
 * `skill` (0 to 1) makes its eye, hand and patience worse; bad light (`eye-noise`) does so too.
 * @throws Refusal `controller-unfit` when the model is not the gripper
 */
export function pickPlace(spec: Spec, { model, scenario, seed }: Steered): Steer {
  const at = ['x', 'y', 'z', 'left', 'right'].map((joint) =>
    model.actuators.findIndex((each) => each.joint === joint),
  )
  if (at.includes(-1)) throw unfit('it has not the joints x, y, z, left and right')
  const waypoints = planOf(spec, {
    model,
    scenario,
    dice: seededRandom(`pick-place ${spec.mistake ?? ''} ${seed}`),
  })
  const control = writable(model.data.ctrl)
  return (seconds) => {
    const { x, y, z, grip } = between(waypoints, seconds)
    for (const [place, value] of [x, y, z, grip, grip].entries()) {
      const actuator = at[place] as number
      control[actuator] = withinRange(model, actuator, value)
    }
  }
}

type Planned = { readonly model: Model; readonly scenario: SimScenario; readonly dice: SeededRandom }

function planOf({ skill, mistake }: Spec, { model, scenario, dice }: Planned): Waypoint[] {
  const sloppiness = (1 - skill) * drawnValue(scenario, 'eye-noise', 1)
  const off = (deviation: number) => sloppiness * deviation * throwNormal(dice)
  const isWrong = dice.next() < sloppiness * WRONG_CHANCE && model.bodyAt('distractor') >= 0
  const drops = mistake === 'drops' || (dice.next() < sloppiness * DROP_CHANCE && mistake === undefined)
  const object = placeOf(model, isWrong ? 'distractor' : 'object')
  const aside = mistake === 'misses' ? 0.08 : 0
  const reach = { x: object.x + off(AIM_ERROR_M), y: object.y + off(AIM_ERROR_M) + aside }
  const aim = { x: PAD.x + off(PLACE_ERROR_M), y: PAD.y + off(PLACE_ERROR_M) }
  const goal = mistake === 'misplaces' ? { x: PAD.x - 0.13, y: PAD.y - 0.16 } : aim
  const low = LOW + drawnValue(scenario, 'half-height', 0.025) * 0.3 + Math.abs(off(HEIGHT_ERROR_M))
  return waypointsOf({ reach, goal, low, drops, pause: 0.15 + (0.15 + 0.4 * (1 - skill)) * dice.next() })
}

type Way = { reach: Place; goal: Place; low: number; drops: boolean; pause: number }

function waypointsOf({ reach, goal, low, drops, pause }: Way): Waypoint[] {
  const at = (atSeconds: number, { x, y }: Place, z: number, grip: number): Waypoint => ({
    atSeconds: atSeconds + pause,
    x,
    y,
    z,
    grip,
  })
  const middle = { x: (reach.x + goal.x) / 2, y: (reach.y + goal.y) / 2 }
  const begin = [
    { atSeconds: 0, x: 0, y: 0, z: HIGH, grip: OPEN },
    at(0, reach, HIGH, OPEN),
    at(0.6, reach, low, OPEN),
    at(1.15, reach, low, CLOSED),
    at(1.45, reach, HIGH - 0.03, CLOSED),
  ]
  const end = drops
    ? [
        at(2, middle, HIGH - 0.03, CLOSED),
        at(2.45, middle, HIGH - 0.03, OPEN),
        at(2.75, goal, HIGH - 0.02, OPEN),
      ]
    : [
        at(2, goal, HIGH - 0.03, CLOSED),
        at(2.6, goal, low + 0.004, CLOSED),
        at(3.1, goal, low + 0.004, OPEN),
        at(3.35, goal, HIGH, OPEN),
      ]
  return [...begin, ...end]
}

function placeOf({ data, bodyAt }: Model, body: string): Place {
  const at = bodyAt(body)
  if (at < 0) throw unfit(`it has no body “${body}”`)
  return { x: numbers(data.xpos)[at * 3] ?? 0, y: numbers(data.xpos)[at * 3 + 1] ?? 0 }
}

/** Moves smoothly from waypoint to waypoint; each is reached when the next begins. */
function between(waypoints: readonly Waypoint[], seconds: number): Waypoint {
  const found = waypoints.findIndex((point) => point.atSeconds > seconds)
  const next = found === -1 ? waypoints.length - 1 : found
  const [from, to] = [
    waypoints[Math.max(0, found === -1 ? next : next - 1)] as Waypoint,
    waypoints[next] as Waypoint,
  ]
  const span = to.atSeconds - from.atSeconds
  const part = span > 0 ? Math.min(1, (seconds - from.atSeconds) / span) : 1
  const ease = part * part * (3 - 2 * part)
  const mix = (a: number, b: number) => a + (b - a) * ease
  return {
    atSeconds: seconds,
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    z: mix(from.z, to.z),
    grip: mix(from.grip, to.grip),
  }
}

const unfit = (reason: string) =>
  new Refusal('controller-unfit', { reason }, `The gripper’s controller does not fit the model: ${reason}.`)
