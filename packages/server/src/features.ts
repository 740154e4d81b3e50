import { account } from './features/account/index.ts'
import { campaign } from './features/campaign/index.ts'
import { consensus } from './features/consensus/index.ts'
import { consent } from './features/consent/index.ts'
import { deployment } from './features/deployment/index.ts'
import { drift } from './features/drift/index.ts'
import { evaluation } from './features/evaluation/index.ts'
import { insight } from './features/insight/index.ts'
import { log } from './features/log/index.ts'
import { media } from './features/media/index.ts'
import { ontology } from './features/ontology/index.ts'
import { pay } from './features/pay/index.ts'
import { quality } from './features/quality/index.ts'
import { release } from './features/release/index.ts'
import { review } from './features/review/index.ts'
import { submission } from './features/submission/index.ts'
import { task } from './features/task/index.ts'
import type { Feature } from './platform/feature.ts'

/** In the order of the house: a later feature may import an earlier one, never back. */
export const features: readonly Feature[] = [
  account,
  log,
  ontology,
  consent,
  media,
  campaign,
  task,
  submission,
  consensus,
  review,
  quality,
  evaluation,
  deployment,
  drift,
  pay,
  release,
  insight,
]
