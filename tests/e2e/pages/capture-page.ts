import { models } from 'virtual:capture-models'
import {
  attachSight,
  capabilities,
  createRecorder,
  examineTake,
  isRefusal,
  keepModels,
  measureDevice,
  missingModelBytes,
  openCamera,
  openDetector,
  openMotion,
  openTakes,
  redactTake,
  trimTake,
  watchCamera,
} from '@chiron/capture'
import { DEFAULT_TAKE_LIMITS } from '@chiron/core/episode'
import { deviceTier, flaggedSheets, lookPlan } from '@chiron/core/sight'

/** What the browser tests and measurements of capture drive: the package's own door, and what of core the app asks. */
const page = {
  attachSight,
  capabilities,
  createRecorder,
  deviceTier,
  examineTake,
  flaggedSheets,
  isRefusal,
  keepModels,
  lookPlan,
  measureDevice,
  missingModelBytes,
  openCamera,
  openDetector,
  openMotion,
  openTakes,
  redactTake,
  trimTake,
  watchCamera,
  models,
  DEFAULT_TAKE_LIMITS,
}
export type CapturePage = typeof page

Object.assign(window, { capture: page })
