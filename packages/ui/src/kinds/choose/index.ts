export { Ask, openQuestions } from './Ask.tsx'
export { Show } from './Show.tsx'
export { type GivenAnswer, momentMarks } from './tally.ts'
