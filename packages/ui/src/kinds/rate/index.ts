export { RateAsk } from './RateAsk.tsx'
