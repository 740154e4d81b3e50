export { openMcap } from './open-mcap.ts'
export type { ReadMessage } from './read-recording.ts'
export { pictureOf, readAttachment, readMessages, readRecording, readRecordings } from './read-recording.ts'
export type {
  CameraModel,
  CorrectedHandsRecord,
  MomentNote,
  MotionRecord,
  Recording,
  RecordingInput,
  SignalSample,
} from './recording.ts'
export { MCAP_FOLDER, PROOF_ATTACHMENT, PROVENANCE_ATTACHMENT, recordingPath } from './recording.ts'
export { TOPICS } from './topics.ts'
export type { Compress } from './write-recording.ts'
export { writeRecording } from './write-recording.ts'
