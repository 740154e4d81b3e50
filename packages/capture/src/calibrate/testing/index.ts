export { BOARD_POSES, RENDERED_CAMERA, renderBoard } from './render-board.ts'
export { cardTruth, renderCard } from './render-card.ts'
