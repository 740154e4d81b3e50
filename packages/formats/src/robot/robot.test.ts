import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readModel } from './index.ts'

const ROBOTS = path.resolve(
  process.env.CHIRON_DATA ?? path.resolve(import.meta.dirname, '../../../../../shared/data'),
  'robots',
)

test('RBT-1 URDF: name and moving joints', () => {
  const text = `<?xml version="1.0"?><robot name="arm"><link name="base"/>
    <joint name="shoulder" type="revolute"><parent link="base"/></joint>
    <joint name="flange" type="fixed"/><transmission><joint name="shoulder"/></transmission></robot>`
  expect(readModel(text)).toEqual({ format: 'urdf', name: 'arm', joints: ['shoulder'] })
})

test('RBT-1 MJCF: joints of bodies, not of defaults or actuators', () => {
  const text = `<mujoco model="hopper"><default><joint damping="1"/></default><worldbody><body>
    <freejoint name="root"/><body><joint name="knee"/></body></body></worldbody>
    <actuator><motor joint="knee"/></actuator></mujoco>`
  expect(readModel(text)).toEqual({ format: 'mjcf', name: 'hopper', joints: ['root', 'knee'] })
})

test.skipIf(!existsSync(ROBOTS))('RBT-1 the Unitree G1 in both formats has the same 29 joints', () => {
  const read = (name: string) => readModel(readFileSync(path.join(ROBOTS, name), 'utf8'))
  const [urdf, mjcf] = [read('g1_29dof_rev_1_0.urdf'), read('g1_29dof_nomesh.mjcf.xml')]
  expect([urdf.format, mjcf.format]).toEqual(['urdf', 'mjcf'])
  const moving = mjcf.joints.filter((name) => name.endsWith('_joint') && !name.startsWith('floating'))
  expect(moving.sort()).toEqual(urdf.joints.filter((name) => !name.startsWith('floating')).sort())
  expect(moving).toHaveLength(29)
})

test('RBT-2 neither of them, or no XML, is refused with the line', () => {
  const cases: [string, number, string][] = [
    ['<svg/>', 1, 'the first element is <svg>'],
    ['<robot name="a">\n<joint>\n</robot>', 3, 'unexpected close tag'],
    ['{"robot": 1}', 1, ''],
    ['', 1, ''],
  ]
  for (const [text, row, reason] of cases) {
    let refused: unknown
    try {
      readModel(text)
    } catch (cause) {
      refused = cause
    }
    expect(refused, text).toMatchObject({ code: 'model-malformed', facts: { row } })
    expect((refused as Error).message).toContain(reason)
  }
})
