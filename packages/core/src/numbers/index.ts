export type { NumberAggregate } from './aggregate-numbers.ts'
export { aggregateNumbers } from './aggregate-numbers.ts'
