export type { Board, Rect } from './board.ts'
export { BOARD, BOARD_CORNER_COUNT, boardCorner, boardRects, boardSvg } from './board.ts'
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
