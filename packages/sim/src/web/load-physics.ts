import type { Physics } from '../model.ts'

let physics: Promise<Physics> | undefined

/**
 * MuJoCo in a browser, ten megabytes that are fetched once, when first asked for. `wasmUrl` is where the bundler put
 * `@mujoco/mujoco/mujoco.wasm` (with Vite: `import wasmUrl from '@mujoco/mujoco/mujoco.wasm?url'`).
 */
export function loadPhysics(wasmUrl: string): Promise<Physics> {
  physics ??= import('@mujoco/mujoco').then(({ default: load }) => load({ locateFile: () => wasmUrl }))
  // A connection that broke must not keep it from being tried again.
  physics.catch(() => {
    physics = undefined
  })
  return physics
}
