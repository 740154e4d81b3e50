import { type RolloutDetail, rolloutStreamPath } from '@chiron/contract'
import { useEffect, useRef, useState } from 'preact/hooks'
import { modelIn } from './model-in.ts'
import { modelOf } from './model-of.ts'
import { openRobot, type Robot } from './open-robot.ts'
import { textOf } from './text-of.ts'
import { trajectoryIn } from './trajectory-in.ts'

export type RobotState =
  | { at: 'closed' }
  | { at: 'opening' }
  | { at: 'failed'; why: string }
  | { at: 'open'; robot: Robot; leftOutCount: number }

/** The stream that moves the robot: positions as a run of ours writes them, or else the first numbers there are. */
export function movingStream({ streams }: RolloutDetail) {
  const trajectories = streams.filter(({ kind }) => kind === 'trajectory')
  return (
    trajectories.find(({ columns }) => columns.some((name) => name.startsWith('qpos.'))) ?? trajectories[0]
  )
}

/** The robot of a rollout, opened when asked for: the simulator is ten megabytes. */
export function useRobot(rollout: RolloutDetail): { state: RobotState; open: () => Promise<void> } {
  const [state, setState] = useState<RobotState>({ at: 'closed' })
  const opened = useRef<Robot | null>(null)
  const isGone = useRef(false)
  useEffect(
    () => () => {
      isGone.current = true
      opened.current?.close()
    },
    [],
  )
  const open = async () => {
    setState({ at: 'opening' })
    try {
      const { robot, leftOutCount } = await opening(rollout)
      if (isGone.current) return robot.close()
      opened.current = robot
      setState({ at: 'open', robot, leftOutCount })
    } catch (cause) {
      setState({ at: 'failed', why: cause instanceof Error ? cause.message : String(cause) })
    }
  }
  return { state, open }
}

async function opening(rollout: RolloutDetail): Promise<{ robot: Robot; leftOutCount: number }> {
  const stream = movingStream(rollout)
  if (!stream) throw new Error('nothing moves it')
  const [scene, csv] = await Promise.all([
    modelOf(rollout),
    textOf(rolloutStreamPath(rollout.id, stream.name)),
  ])
  const { columns, values, timesMs } = trajectoryIn(csv)
  const trajectory = { columns, values, timesMs: timesMs.map((timeMs) => timeMs + stream.startMs) }
  const { mjcf, leftOutCount } = modelIn(scene.mjcf)
  const { steered } = scene
  const scenario = scene.scenario && { ...scene.scenario, mjcf }
  return { robot: await openRobot({ mjcf, trajectory, scenario, steered }), leftOutCount }
}
