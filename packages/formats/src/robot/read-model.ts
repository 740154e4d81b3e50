import { Refusal } from '@chiron/core/kit'
import { SaxesParser, type SaxesTagPlain } from 'saxes'

export type RobotModel = {
  readonly format: 'urdf' | 'mjcf'
  /** What the file calls the robot; empty where it does not. */
  readonly name: string
  /** Names of the joints that move, in the order of the file. */
  readonly joints: readonly string[]
}

export const MAX_MODEL_BYTES = 20 * 1024 * 1024
const MAX_JOINTS = 2000

/**
 * What a URDF or MJCF file says of its robot: which of the two it is, its name and the joints that move.
 * @throws Refusal `model-malformed` with facts `{ row, reason }` when it is neither, or is no XML
 */
export function readModel(text: string): RobotModel {
  const parser = new SaxesParser()
  const joints: string[] = []
  const path: string[] = []
  let format: RobotModel['format'] | undefined
  let name = ''
  const refuse = (reason: string): never => {
    const row = parser.line
    throw new Refusal('model-malformed', { row, reason }, `Line ${row}: ${reason}`)
  }
  parser.on('error', ({ message }) => refuse(message.replace(/^\d+:\d+:\s*/, '')))
  parser.on('opentag', (tag) => {
    if (path.length === 0) {
      format =
        formatOf(tag) ?? refuse(`the first element is <${tag.name}>, not <robot> (URDF) or <mujoco> (MJCF)`)
      name = tag.attributes[format === 'urdf' ? 'name' : 'model'] ?? ''
    }
    const joint = format && jointOf(tag, format, path)
    if (joint !== undefined) joints.push(joint)
    if (joints.length > MAX_JOINTS) refuse(`more than ${MAX_JOINTS} joints`)
    path.push(tag.name)
  })
  parser.on('closetag', () => path.pop())
  parser.write(text).close()
  return { format: format ?? refuse('there is nothing in it'), name, joints }
}

const formatOf = ({ name }: SaxesTagPlain) =>
  name === 'robot' ? 'urdf' : name === 'mujoco' ? 'mjcf' : undefined

/** A moving joint's name. In MJCF only those in the world's bodies are joints of the robot. */
function jointOf(
  tag: SaxesTagPlain,
  format: RobotModel['format'],
  path: readonly string[],
): string | undefined {
  const { name: element, attributes } = tag
  if (format === 'urdf') {
    const isJoint = element === 'joint' && path.length === 1 && attributes.type !== 'fixed'
    return isJoint ? (attributes.name ?? '') : undefined
  }
  if (!path.includes('worldbody')) return undefined
  return element === 'joint' || element === 'freejoint' ? (attributes.name ?? '') : undefined
}
