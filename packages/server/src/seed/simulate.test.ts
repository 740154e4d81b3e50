import { expect, test } from 'vitest'
import { planRun } from './gripper-plan.ts'
import { runGripper } from './gripper-run.ts'
import { gripperScene, SCENE } from './gripper-scene.ts'

test.each(['placed', 'dropped', 'missed', 'misplaced'] as const)(
  'the physics does what is planned: %s',
  async (kind) => {
    for (const seed of ['1', '2', '3']) {
      const run = await runGripper(planRun(kind, seed))
      expect(run.outcome, `${kind} ${seed}`).toBe(kind)
      expect(run.frames).toHaveLength(120)
    }
  },
)

test('the same seed gives the same run to the last bit, another seed another', async () => {
  const [first, again, other] = await Promise.all(
    ['1', '1', '2'].map((seed) => runGripper(planRun('placed', seed))),
  )
  expect(again).toEqual(first)
  expect(other?.frames.at(-1)).not.toEqual(first?.frames.at(-1))
})

test('the picture shows the block, hides what lies behind it, and says that it is simulated', async () => {
  const plan = planRun('placed', '1')
  const run = await runGripper(plan)
  const scene = gripperScene(run.halfSizes, [255, 0, 0])
  const redOf = (rgb: Uint8Array) => {
    let count = 0
    for (let at = 0; at < rgb.length; at += 3)
      if (rgb[at]! > 90 && rgb[at + 1]! < 10 && rgb[at + 2]! < 10) count += 1
    return count
  }
  const begin = scene.draw(run.frames[0]!).slice()
  expect(redOf(begin)).toBeGreaterThan(600)
  expect(redOf(begin)).toBeLessThan(5000)
  expect(scene.draw(run.frames.at(-1)!)).not.toEqual(begin)
  // The stamp's own light and dark, bottom left.
  const row = SCENE.height - 24
  const line = [...begin.subarray(row * SCENE.width * 3, (row * SCENE.width + 140) * 3)]
  expect(line).toContain(245)
  expect(line).toContain(40)
})
