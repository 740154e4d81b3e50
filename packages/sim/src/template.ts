import type { Factor, Settings } from '@chiron/core/suite'

/** Words by language. */
export type Words = Readonly<Record<string, string>>
/** A value in place of `{{name}}`: as it stands, or drawn evenly between two bounds with the scenario's seed. */
export type Value = number | string | readonly [low: number, high: number]
export type Values = Readonly<Record<string, Value>>

type Level = Factor['levels'][number] & { readonly values: Values }
/** A factor of a suite whose levels also say what they mean in the scene. */
export type SimFactor = Omit<Factor, 'levels'> & { readonly levels: readonly Level[] }

/** What can be read from a run. Heights are of a body's middle above the ground, in metres; speeds in metres a second. */
export type Condition =
  | { readonly kind: 'rises-above'; readonly body: string; readonly heightM: number }
  | { readonly kind: 'falls-below'; readonly body: string; readonly heightM: number }
  | { readonly kind: 'falls-faster'; readonly body: string; readonly speedMps: number }
  | { readonly kind: 'touches'; readonly one: string; readonly other: string; readonly minForceN: number }
  | {
      /** Where the body lies in the end, its middle. */
      readonly kind: 'ends-within'
      readonly body: string
      readonly middle: readonly [x: number, y: number]
      readonly radiusM: number
      readonly maxHeightM: number
    }

/** A failure reason of the ontology, and when it is one: when the condition holds, or when it does not. */
export type FailureRule = { readonly failureId: string; readonly if?: Condition; readonly unless?: Condition }

export type Milestone = { readonly key: string; readonly label: Words; readonly when: Condition }

/** A push at a moment: so many newton seconds on a body, in the world's axes, over `overMs` (20). */
export type Perturbation = {
  readonly body: string
  readonly atMs: number
  readonly impulseNs: readonly [x: number, y: number, z: number]
  readonly overMs?: number
}

/** A push whose numbers may be names of values: how strong, in newton seconds, and which way. */
export type PushRule = {
  readonly body: string
  readonly atMs: number | string
  readonly impulseNs: number | string
  readonly towards: readonly [x: number | string, y: number | string, z: number | string]
}

/** Where the camera stands and looks, in metres; what the ground looks like; how bright it is (1: day). */
export type View = {
  readonly eye: readonly [number, number, number]
  readonly target: readonly [number, number, number]
  /** Pixels per unit of slope, for a picture 640 wide. */
  readonly focalPx: number
  readonly ground:
    | { readonly kind: 'table'; readonly halfX: number; readonly halfY: number }
    | { readonly kind: 'floor' }
  /** A square painted on the ground, never a thing of the scene. */
  readonly pad?: { readonly x: number; readonly y: number; readonly halfSide: number }
  /** Geoms that are not drawn: the ground itself. */
  readonly hidden: readonly string[]
}

/** Who steers: a script with a skill from 0 to 1, or a trajectory that is played again. */
export type ControllerSpec =
  | {
      readonly kind: 'pick-place'
      readonly skill: number
      /** Makes it fail in this way, whatever its skill. */
      readonly mistake?: 'drops' | 'misses' | 'misplaces'
    }
  | { readonly kind: 'balance'; readonly skill: number }
  | { readonly kind: 'replay'; readonly trajectory: JointTrajectory }

/** Positions over time; columns are names of joints or actuators. */
export type JointTrajectory = {
  readonly columns: readonly string[]
  readonly timesMs: ArrayLike<number>
  readonly values: readonly ArrayLike<number>[]
}

/**
 * A family of scenarios: a scene in MuJoCo's XML with `{{names}}`, the factors whose levels give them values, when a run
 * succeeds and why it may fail. Plain data, so that it can be kept as JSON.
 */
export type ScenarioTemplate = {
  readonly key: string
  readonly name: Words
  readonly instruction: Words
  readonly mjcf: string
  /** Values where no level says otherwise. */
  readonly base: Values
  readonly factors: readonly SimFactor[]
  /** Parts of settings that cannot be set up. */
  readonly impossible: readonly Settings[]
  readonly durationMs: number
  /** Positions of joints at the beginning, by name or by the end of names (`knee` for all knees). */
  readonly start: Readonly<Record<string, number>>
  /** Bodies that stand on the ground at the beginning: the robot is lowered until one of them touches it. */
  readonly feet: readonly string[]
  readonly pushes: readonly PushRule[]
  readonly success: Words
  readonly milestones: readonly Milestone[]
  /** The first that applies, in this order, is why it failed; none: it succeeded. */
  readonly failures: readonly FailureRule[]
  readonly controller: 'pick-place' | 'balance'
  readonly view: View
}

/** One situation, whole: everything a run needs besides who steers. */
export type SimScenario = {
  readonly template: ScenarioTemplate
  readonly key: string
  readonly settings: Settings
  /** What ranges were drawn with. */
  readonly seed: number
  readonly values: Readonly<Record<string, number | string>>
  readonly mjcf: string
  readonly pushes: readonly Perturbation[]
}
