export { Show } from './Show.tsx'
export { TakeFactList, type TakeFacts } from './TakeFactList.tsx'
export { takeLanes } from './take-lanes.ts'
