/**
 * Robots in simulation, in Node and in a browser alike: `loadPhysics` (from `@chiron/sim/node` or `@chiron/sim/web`), a
 * template, `generateScenarios`, `runScenario`. To draw a run: `openModel(physics, scenario.mjcf)`, then `posesAt` for each
 * sample of its `qpos`.
 */
export type { Contact } from './contacts.ts'
export { generateScenarios, MAX_GENERATED, suiteContentOf } from './generate-scenarios.ts'
export type { Judgement } from './judge-run.ts'
export type { Actuator, Geom, Joint, Model, Physics } from './model.ts'
export { openModel } from './model.ts'
export type { Poses } from './poses.ts'
export { posesAt } from './poses.ts'
export type { RunOrder, SimRollout } from './run-scenario.ts'
export { runScenario, SAMPLES_PER_SECOND } from './run-scenario.ts'
export { scenarioOf } from './scenario-of.ts'
export type {
  Condition,
  ControllerSpec,
  FailureRule,
  JointTrajectory,
  Perturbation,
  ScenarioTemplate,
  SimFactor,
  SimScenario,
  Values,
  View,
} from './template.ts'
export type { BalanceRobot } from './templates/balance.ts'
export { balanceTemplate } from './templates/balance.ts'
export { needsRobot, OWN_TEMPLATES, ownTemplate } from './templates/own-template.ts'
export { pickPlaceTemplate } from './templates/pick-place.ts'
export { contactSeriesOf, positionColumns, positionsIn, trajectoryOf } from './trajectory-of.ts'
