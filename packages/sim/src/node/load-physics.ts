import loadMujoco from '@mujoco/mujoco'
import type { Physics } from '../model.ts'

let physics: Promise<Physics> | undefined

/** MuJoCo in Node. Compiling ten megabytes of WebAssembly once is enough: every call gives the same. */
export function loadPhysics(): Promise<Physics> {
  physics ??= loadMujoco()
  return physics
}
