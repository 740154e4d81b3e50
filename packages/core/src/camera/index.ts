export type { Board, Rect } from './board.ts'
export { BOARD, BOARD_CORNER_COUNT, boardCorner, boardRects, boardSvg } from './board.ts'
export type { CameraMeasure, CameraScale, MeasuredCard } from './card-scale.ts'
export {
  CORNER_ERROR_PX,
  cameraMeasureSchema,
  cameraScaleSchema,
  MAX_SCALE_AGE_HOURS,
  MAX_SCALE_ERROR_RATIO,
  measureCard,
  measuredSize,
  scaleAt,
  staleScale,
} from './card-scale.ts'
export { fitCard } from './fit-card.ts'
export type { PlacedHand } from './hand-pose.ts'
export { placeHand } from './hand-pose.ts'
export type { Point2 } from './homography.ts'
export { homographyOf, throughHomography } from './homography.ts'
export type { Calibration, CameraNow, Intrinsics, StaleReason } from './intrinsics.ts'
export {
  calibrationSchema,
  intrinsicsAt,
  intrinsicsSchema,
  MAX_AGE_DAYS,
  MAX_RMS_PX,
  STALE_REASONS,
  staleReasons,
} from './intrinsics.ts'
export type { Point3 } from './metres.ts'
export { CARD_MM, cardScale, depthOfWidth, handInMetres, placeOf } from './metres.ts'
export type {
  BoardWatch,
  BoardWish,
  Coverage,
  NextView,
  SeenCorner,
  View,
  ViewFault,
} from './views.ts'
export { coverage, lookAtBoard, MIN_TILTED, MIN_VIEWS, viewFault, watchBoard } from './views.ts'
