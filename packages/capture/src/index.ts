export { calibrateCamera } from './calibrate/calibrate-camera.ts'
export type { BoardEye } from './calibrate/open-board-eye.ts'
export { BOARD_TOOL_BYTES, openBoardEye } from './calibrate/open-board-eye.ts'
export type { Capabilities } from './capabilities.ts'
export { capabilities } from './capabilities.ts'
export type { Recorder, RecorderOptions } from './create-recorder.ts'
export { createRecorder } from './create-recorder.ts'
export type {
  Detector,
  Found,
  ModelFile,
  ModelFiles,
  ModelPart,
  PersonMask,
  Want,
} from './detect/detector.ts'
export { BODY_PARTS, USUAL_PARTS } from './detect/detector.ts'
export { keepModels, missingModelBytes } from './detect/keep-models.ts'
export { measureDevice } from './detect/measure-device.ts'
export { openDetector } from './detect/open-detector.ts'
export { hashBlob } from './hash-blob.ts'
export type { CameraHandle, CameraOptions, CaptureRefusal, CaptureRefusalCode } from './open-camera.ts'
export { isRefusal, openCamera } from './open-camera.ts'
export type { MotionRefusal, MotionSensors } from './open-motion.ts'
export { openMotion } from './open-motion.ts'
export { attachSight } from './second-pass/attach-sight.ts'
export type { Examined } from './second-pass/examine-take.ts'
export { examineTake } from './second-pass/examine-take.ts'
export type { BodyOrder } from './second-pass/look-for-body.ts'
export type { Redacted } from './second-pass/redact-take.ts'
export { redactTake } from './second-pass/redact-take.ts'
export type { DecidedSheet } from './second-pass/sheets-told.ts'
export type { Take, TakeNotes } from './take.ts'
export type { Takes } from './takes.ts'
export { openTakes } from './takes.ts'
export { trimTake } from './trim-take.ts'
export type { Look } from './watch-camera.ts'
export { watchCamera } from './watch-camera.ts'
