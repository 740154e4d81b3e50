import type { Feature } from '../../platform/feature.ts'
import { jobs, sweeps } from './jobs.ts'
import { routes } from './routes.ts'

export {
  type AskedRow,
  askedAbout,
  type NewAsked,
  readAsked,
  rolloutsOfTasks,
  stopTasksWith,
} from './asked-store.ts'
export { claimInside } from './claim-next.ts'
export {
  answeredGold,
  answerTotals,
  goldCounts,
  type JudgedTaskRow,
  type JudgedTasks,
  judgedTaskPage,
  latestKnown,
} from './figures-store.ts'
export {
  askedGoldCount,
  type GoldRow,
  goldLeasesOf,
  knownLabels,
  leasesStandingFor,
  type NewGold,
  putGold,
  readGold,
  retireGold,
  standsFor,
} from './gold-store.ts'
export { holdAgain } from './hold-again.ts'
export { leaseWire, namedTask } from './lease-wire.ts'
export { readMoments } from './moments-store.ts'
export { offerLeases } from './offer-leases.ts'
export { openPrompts, openTasks } from './open-tasks.ts'
export { heldLease, isHeld, ownLease } from './own-lease.ts'
export {
  answeredPairs,
  type NewPair,
  openPairCounts,
  type PairedClip,
  type PairRow,
  readPair,
  stopPairs,
  timesShown,
} from './pair-store.ts'
export { retakeLease } from './retake-lease.ts'
export {
  countHeldLeases,
  countOpenTasks,
  heldLeases,
  type LeaseRow,
  leasesOfTask,
  lockLease,
  lockTask,
  readTask,
  setTaskState,
  stillOpen,
  stopOffers,
  type TaskRow,
  tasksAbout,
  updateLease,
  voidOffers,
} from './store.ts'

export const task: Feature = {
  name: 'task',
  permissions: {
    'task.claim': ['worker'],
    'task.release': ['worker'],
    'task.expire': ['system'],
    'task.open': ['system'],
    'task.stop': ['system'],
    'task.forget-moments': ['system'],
  },
  routes,
  jobs,
  sweeps,
  on: {
    'media.probe': ['task.open-for-episode'],
    'media.freeze': ['task.stop'],
    'media.erase': ['task.forget-moments'],
    'campaign.publish': ['task.open-for-campaign'],
    'campaign.close': ['task.stop-campaign'],
  },
}
