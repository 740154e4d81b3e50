export { loadPhysics } from './load-physics.ts'
export { renderRun } from './render-run.ts'
