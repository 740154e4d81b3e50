import { useI18n, useKeys } from '@chiron/ui'
import type { PointsEdit } from './use-points.ts'
import { ZOOM_STEP } from './view.ts'

const FAR_PX = 10
const ARROWS = [
  ['ArrowLeft', -1, 0],
  ['ArrowRight', 1, 0],
  ['ArrowUp', 0, -1],
  ['ArrowDown', 0, 1],
] as const

type Keys = { edit: PointsEdit; onZoom: (by: number) => void; onWhole: () => void; onDone: () => void }

/** Everything on the screen by keyboard: n and p choose, arrows move by a pixel of the picture, with shift by ten. */
export function usePointsKeys({ edit, onZoom, onWhole, onDone }: Keys): void {
  const { t } = useI18n()
  useKeys([
    { keys: 'n', label: t('points.next'), run: () => edit.step(1) },
    { keys: 'p', label: t('points.before'), run: () => edit.step(-1) },
    ...ARROWS.flatMap(([key, x, y]) => [
      { keys: key, label: t('points.picture'), run: () => edit.nudge(x, y) },
      { keys: `shift+${key}`, label: t('points.picture'), run: () => edit.nudge(x * FAR_PX, y * FAR_PX) },
    ]),
    { keys: 's', label: t('points.state.seen'), run: () => edit.mark('seen') },
    { keys: 'h', label: t('points.state.hidden'), run: () => edit.mark('hidden') },
    { keys: 'o', label: t('points.state.outside'), run: () => edit.mark('outside') },
    { keys: 'l', label: t('points.hand.left'), run: () => edit.toggle('left') },
    { keys: 'r', label: t('points.hand.right'), run: () => edit.toggle('right') },
    { keys: 'x', label: t('points.swap'), run: edit.swap },
    { keys: 'mod+z', label: t('points.undo'), run: edit.undo },
    { keys: 'mod+shift+z', label: t('points.redo'), run: edit.redo },
    { keys: 'mod+y', label: t('points.redo'), run: edit.redo },
    { keys: '+', label: t('points.closer'), run: () => onZoom(ZOOM_STEP) },
    { keys: '-', label: t('points.wider'), run: () => onZoom(1 / ZOOM_STEP) },
    { keys: '0', label: t('points.whole'), run: onWhole },
    { keys: 'Enter', label: t('points.done'), run: onDone },
  ])
}
