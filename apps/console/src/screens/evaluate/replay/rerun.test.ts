import { pickPlaceTemplate, runScenario, scenarioOf, trajectoryOf } from '@chiron/sim'
import { loadPhysics } from '@chiron/sim/node'
import { expect, test } from 'vitest'
import { openRecorded, rerun } from './rerun.ts'
import { sampleAt } from './sample-at.ts'
import { MAX_SAMPLES, trajectoryIn } from './trajectory-in.ts'

const physics = await loadPhysics()
const MJCF = `<mujoco><worldbody><geom name="floor" type="plane" size="5 5 .1"/>
  <body name="rack" pos="2 0 .2"><geom type="box" size=".1 .1 .2"/></body>
  <body name="trunk" pos="0 0 .5"><freejoint name="root"/>
    <geom type="cylinder" size=".2 .03" pos="0 0 -.47" mass="2"/>
    <geom type="capsule" size=".05 .35" mass="2"/>
    <body name="head" pos="0 0 .45"><joint name="nod" type="hinge" axis="0 1 0" damping=".2"/>
      <geom type="sphere" size=".09" mass=".3"/></body></body>
  <body name="ball" pos="1 1 .1"><freejoint name="ball"/><geom type="sphere" size=".1" mass=".1"/></body>
  </worldbody><actuator><position name="nod" joint="nod" kp="2"/></actuator></mujoco>`
const CSV = ['time_ms,nod', ...Array.from({ length: 61 }, (_, at) => `${500 + at * 33},${at / 300}`)].join(
  '\n',
)
const recorded = { mjcf: MJCF, trajectory: trajectoryIn(CSV), scenario: null, steered: null }

test('a recorded run is drawn at its own times, and what has no column stays where the model has it', () => {
  const {
    bodies,
    jointCount,
    movedJointCount,
    geoms,
    feet,
    recorded: drawn,
  } = openRecorded(physics, recorded)
  expect(bodies).toEqual(['trunk', 'head', 'ball'])
  expect({ jointCount, movedJointCount, feet }).toEqual({ jointCount: 3, movedJointCount: 1, feet: [] })
  expect(drawn.timesMs[0]).toBe(500)
  expect(drawn.poses).toHaveLength(61 * geoms.length * 12)
  // The stem, in the first sample and in the last.
  const stem = 3 * 12
  for (const sample of [0, 60]) {
    const at = sample * geoms.length * 12 + stem
    expect([...drawn.poses.subarray(at, at + 3)]).toEqual([0, 0, 0.5])
  }
})

test('bodies whose shapes are elsewhere are joined by lines as long as they stand apart', () => {
  const bare = MJCF.replace(
    '<geom type="sphere" size=".09" mass=".3"/>',
    '<inertial pos="0 0 0" mass=".3" diaginertia=".01 .01 .01"/>',
  )
  const { geoms, recorded: drawn } = openRecorded(physics, { ...recorded, mjcf: bare })
  expect(geoms.at(-1)).toMatchObject({
    body: 'head',
    type: 'capsule',
    size: [expect.any(Number), expect.closeTo(0.225), 0],
  })
  const bone = drawn.poses.subarray((geoms.length - 1) * 12, geoms.length * 12)
  const [x, y, z, ...axes] = bone
  expect([x, y, z].map((part) => Number(part?.toFixed(3)))).toEqual([0, 0, 0.725])
  // Along the third axis, which points up.
  expect([axes[2], axes[5], axes[8]]).toEqual([0, 0, 1])
})

test('a push is given at its moment on the rollout’s clock; what falls and what lies elsewhere is told', () => {
  const pushed = (body: string, impulseNs: readonly [number, number, number]) =>
    rerun(physics, recorded, { push: { body, atMs: 1000, impulseNs }, steering: 'recorded' })
  const trunk = pushed('trunk', [-30, 0, 0])
  expect(trunk.alone).toMatchObject({ fell: { body: 'trunk', atMs: null }, judged: null })
  expect(trunk.withPush.fell?.atMs).toBeGreaterThan(1000)
  expect(trunk.pushed.timesMs[0]).toBe(500)
  const ball = pushed('ball', [0, 0.2, 0])
  expect(ball.withPush.fell?.atMs).toBeNull()
  const [alone, withPush] = [ball.alone, ball.withPush].map(({ places }) => places[0]?.at[1] ?? 0)
  expect(withPush).toBeGreaterThan((alone ?? 0) + 0.5)
  expect(() => pushed('nobody', [1, 0, 0])).toThrow('nobody')
})

test('a run of a template of ours is steered and judged as it was, and what touches in the new one is told', () => {
  const settings = {
    ...{ object: 'block', pose: 'usual', clutter: 'none' },
    ...{ light: 'bright', surface: 'rough', distractors: 'none' },
  }
  const scenario = scenarioOf(pickPlaceTemplate, { key: 'easy', settings, seed: 1 })
  const steered = { controller: { kind: 'pick-place', skill: 1 } as const, seed: 5 }
  const before = runScenario(physics, scenario, steered)
  const { columns, timesMs, values } = trajectoryOf(before)
  const own = {
    mjcf: scenario.mjcf,
    trajectory: { columns, timesMs, values: [...values] },
    scenario,
    steered,
  }
  expect(openRecorded(physics, own).isSteeredAgain).toBe(true)
  const push = { body: 'object', atMs: 100, impulseNs: [0, 0.1, 0] as const }
  const { alone, withPush, forces } = rerun(physics, own, { push, steering: 'again' })
  expect(alone.judged).toEqual({ failureId: null, atMs: null })
  // The hand goes to where the block stood when it looked.
  expect(withPush.judged?.failureId).toBe('failure.missed-grasp')
  expect(forces.length).toBeGreaterThan(0)
  expect(forces[0]?.timesMs).toHaveLength(before.timesMs.length)
  const peaks = forces.map(({ forcesN }) => Math.max(...forcesN))
  expect(peaks).toEqual([...peaks].sort((a, b) => b - a))
})

test('a long trajectory is thinned evenly, a missing value is no number, and a moment finds its sample', () => {
  const long = trajectoryIn(
    ['time_ms,"a",b', ...Array.from({ length: 7000 }, (_, at) => `${at},${at},`)].join('\r\n'),
  )
  expect(long.columns).toEqual(['a', 'b'])
  expect(long.timesMs.length).toBeLessThanOrEqual(MAX_SAMPLES)
  expect([...long.timesMs.subarray(0, 3)]).toEqual([0, 3, 6])
  expect(long.values[1]?.[0]).toBeNaN()
  expect([-5, 0, 4, 6, 99].map((timeMs) => sampleAt([0, 3, 6], timeMs))).toEqual([0, 0, 1, 2, 2])
})
