export { PostgresProblem, type PostgresProblemCode } from './problem.ts'
export type { Role } from './roles.ts'
export { type EmbeddedPostgres, type StartOrder, startPostgres } from './start.ts'
