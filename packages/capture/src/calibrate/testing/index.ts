export { BOARD_POSES, RENDERED_CAMERA, renderBoard } from './render-board.ts'
