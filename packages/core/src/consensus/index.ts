export type { Aggregate, FitOptions } from './aggregate.ts'
export type { Answer, AnswerColumns, AnswerSet, AnswerSetOptions, Repeats } from './answer-set.ts'
export {
  answerSet,
  answerSetOfColumns,
  goldOf,
  MAX_CONSENSUS_ANSWERS,
  MAX_CONSENSUS_LABELS,
} from './answer-set.ts'
export type { AutoAggregate, AutoFit, Opinion } from './auto.ts'
export { auto, fitAuto } from './auto.ts'
export type { ConfusionAggregate, PriorOptions } from './confusion-methods.ts'
export { confusionDawidSkene, ibcc, oneCoin, pooledDawidSkene } from './confusion-methods.ts'
export type { Consensus, ConsensusInput, Posterior, WorkerModel } from './dawid-skene.ts'
export { dawidSkene } from './dawid-skene.ts'
export { DEFAULT_PRIORS } from './default-priors.ts'
export type { Dependence, DependentAggregate } from './dependence.ts'
export { dependentDawidSkene } from './dependence.ts'
export { glad } from './glad.ts'
export { goldAccuracy, goldFirst, weighedVotes } from './gold-first.ts'
export { onGrid } from './grid.ts'
export type { RunningConsensus, RunningPrior } from './incremental.ts'
export { exchangeAnswers, startConsensus, takeAnswers } from './incremental.ts'
export type { ConsensusPriors } from './learn.ts'
export type { MaceOptions } from './mace.ts'
export { mace } from './mace.ts'
export { agreementWith, majority, voteShares, winnersOf, workerAgreement } from './majority.ts'
export type { LabelVerdict } from './verdict-of.ts'
export { verdictOf } from './verdict-of.ts'
