import type { Client } from '@chiron/client'
import { embodimentRoutes, policyRoutes, rolloutRoutes } from '@chiron/contract'
import { sha256, toHex } from '@chiron/core/kit'
import { type Key, upload } from './arena-lab.ts'

/** Of twelve runs on each of two scenarios so many succeed; two policies stand the other way round in the simulator. */
const SUCCESSES = [
  ['sure', 12, 12],
  ['steady', 9, 6],
  ['shaky', 6, 8],
  ['weak', 3, 3],
  ['lost', 0, 1],
] as const
const RUNS = 12

/** Runs of one policy in five states, on two scenarios of the suite, on the robot and simulated. */
export async function runInBothWorlds(client: Client, suiteId: string): Promise<void> {
  const { id: policyId } = await client.call(policyRoutes.create, { body: { name: 'grasp' } })
  for (const [label, real, sim] of SUCCESSES) {
    const version = await client.call(policyRoutes.addVersion, { params: { policyId }, body: { label } })
    const runs = (['real', 'sim'] as const).flatMap((world) =>
      ['cup-bright-none', 'bowl-bright-some'].flatMap((scenarioKey) =>
        Array.from({ length: RUNS }, (_, run) => ({ world, scenarioKey, run })),
      ),
    )
    await Promise.all(
      runs.map(({ world, scenarioKey, run }) => {
        const success = run < (world === 'real' ? real : sim)
        const failureId = run % 3 === 0 ? 'failure.collision' : 'failure.dropped'
        const digest = toHex(sha256(`${label} ${world} ${scenarioKey} ${run}`))
        const where = { suiteId, suiteVersion: 1, scenarioKey, world, policyVersionId: version.id }
        const body = { digest, ...where, success, ...(success ? {} : { failureId }) }
        return client.call(rolloutRoutes.add, { body })
      }),
    )
  }
}

/** Stands on a broad foot and nods: a push from the side throws it over. */
export const POST = `<mujoco model="post"><worldbody>
  <light pos="0 0 3"/><geom name="floor" type="plane" size="5 5 .1"/>
  <body name="trunk" pos="0 0 .5"><freejoint name="root"/>
    <geom name="foot" type="cylinder" size=".2 .03" pos="0 0 -.47" mass="2"/>
    <geom name="stem" type="capsule" size=".05 .35" mass="2" rgba=".2 .5 .5 1"/>
    <body name="head" pos="0 0 .45"><joint name="nod" type="hinge" axis="0 1 0" range="-30 30" damping=".2"/>
      <geom name="skull" type="sphere" size=".09" mass=".3" rgba=".8 .6 .3 1"/>
      <geom type="mesh" mesh="hat"/></body>
  </body></worldbody>
  <asset><mesh name="hat" file="hat.stl"/></asset>
  <actuator><position name="nod" joint="nod" kp="2" ctrlrange="-.5 .5"/></actuator></mujoco>`

const POST_COLUMNS = ['root.x', 'root.y', 'root.z', 'root.qw', 'root.qx', 'root.qy', 'root.qz', 'nod']
const postRows = Array.from({ length: 91 }, (_, at) => {
  const nod = 0.4 * Math.sin(at / 10)
  return [(at * 1000) / 30, 0, 0, 0.5, 1, 0, 0, 0, nod].join(',')
})
export const POST_CSV = [['time_ms', ...POST_COLUMNS].join(','), ...postRows].join('\n')

type Robot = { name: string; policyVersionId: string; mjcf: string; csv: string }

/** A simulated rollout with its robot's model and how the joints moved. */
export async function logRobot(key: Key, { name, policyVersionId, mjcf, csv }: Robot): Promise<string> {
  const model = await upload(key, Buffer.from(mjcf), 'embodiment')
  const { id: embodimentId } = await key.client.call(embodimentRoutes.create, {
    body: { name, uploadId: model },
  })
  const streams = [
    { name: 'state', kind: 'trajectory' as const, uploadId: await upload(key, Buffer.from(csv)) },
  ]
  const digest = toHex(sha256(name))
  const body = { digest, policyVersionId, world: 'sim' as const, success: true, embodimentId, streams }
  return (await key.client.call(rolloutRoutes.add, { body })).id
}
