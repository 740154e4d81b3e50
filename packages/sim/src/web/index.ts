export { loadPhysics } from './load-physics.ts'
