import { expect, test } from 'vitest'
import { openModel, pickPlaceTemplate, runScenario, scenarioOf } from '../index.ts'
import { loadPhysics } from '../node/index.ts'
import { openScene, PICTURE } from './draw-run.ts'

const physics = await loadPhysics()
const settings = {
  object: 'block',
  pose: 'usual',
  clutter: 'none',
  light: 'bright',
  surface: 'rough',
  distractors: 'none',
}

function drawn(level: Partial<typeof settings>) {
  const scenario = scenarioOf(pickPlaceTemplate, { key: 'k', settings: { ...settings, ...level }, seed: 1 })
  const run = runScenario(physics, scenario, { controller: { kind: 'pick-place', skill: 1 }, seed: 1 })
  const model = openModel(physics, scenario.mjcf)
  const scene = openScene(model, scenario)
  const at = (sample: number) =>
    scene
      .draw(run.qpos.subarray(sample * run.positionsPerSample, (sample + 1) * run.positionsPerSample))
      .slice()
  const pictures = [at(0), at(run.timesMs.length - 1)] as const
  model.close()
  return pictures
}

/** Where in the picture the block's red is, and how much of it. */
function redOf(rgb: Uint8Array) {
  let [count, sumX] = [0, 0]
  for (let pixel = 0; pixel < PICTURE.width * PICTURE.height; pixel += 1) {
    const [red, green, blue] = rgb.subarray(pixel * 3, pixel * 3 + 3) as never as [number, number, number]
    if (red < 60 || green > red * 0.6 || blue > red * 0.5) continue
    count += 1
    sumX += pixel % PICTURE.width
  }
  return { count, x: sumX / count }
}

test('SIM-8 the picture shows the block where the run has it, and says that it is simulated', () => {
  const [begin, end] = drawn({})
  expect(redOf(begin).count).toBeGreaterThan(400)
  expect(redOf(begin).count).toBeLessThan(5000)
  // It was carried to the pad, which is to the right.
  expect(redOf(end).x).toBeGreaterThan(redOf(begin).x + 80)
  // The stamp's own light and dark, bottom left.
  const row = PICTURE.height - 24
  const line = [...begin.subarray(row * PICTURE.width * 3, (row * PICTURE.width + 140) * 3)]
  expect(line).toContain(245)
  expect(line).toContain(40)
})

test('SIM-8 levels are seen: dim light is darker, other things are there', () => {
  const meanOf = (rgb: Uint8Array) => rgb.reduce((sum, part) => sum + part, 0) / rgb.length
  const [bright] = drawn({})
  expect(meanOf(drawn({ light: 'dim' })[0])).toBeLessThan(0.75 * meanOf(bright))
  const violet = (rgb: Uint8Array) => {
    let count = 0
    for (let at = 0; at < rgb.length; at += 3)
      if (rgb[at + 2]! > rgb[at]! + 15 && rgb[at]! > rgb[at + 1]! + 15) count += 1
    return count
  }
  expect(violet(bright)).toBeLessThan(20)
  expect(violet(drawn({ distractors: 'one' })[0])).toBeGreaterThan(300)
})
