import { type CorrectedMoment, POINT_STATES, SIDES } from '@chiron/core/kinds'
import { HAND_JOINTS } from '@chiron/core/sight'
import { Button, Icon, IconButton, useI18n } from '@chiron/ui'
import type { PointAt } from './edit-points.ts'
import type { PointsEdit } from './use-points.ts'
import { ZOOM_STEP } from './view.ts'

type PointsControlsProps = {
  moment: CorrectedMoment
  edit: PointsEdit
  zoom: number
  onZoom: (by: number) => void
  onWhole: () => void
}

const JOINTS_A_FINGER = 4

/** Which point, how it is seen, which hands are there: everything the fingers on the picture do not do. */
export function PointsControls({ moment, edit, zoom, onZoom, onWhole }: PointsControlsProps) {
  const { t } = useI18n()
  const hasHand = moment.left !== null || moment.right !== null
  return (
    <div class="points-controls">
      <div class="points-tools" role="toolbar" aria-label={t('points.tools')}>
        <IconButton
          size="touch"
          icon="undo"
          label={t('points.undo')}
          disabled={!edit.canUndo}
          onClick={edit.undo}
        />
        <IconButton
          size="touch"
          icon="redo"
          label={t('points.redo')}
          disabled={!edit.canRedo}
          onClick={edit.redo}
        />
        <IconButton
          size="touch"
          icon="minus"
          label={t('points.wider')}
          disabled={zoom <= 1}
          onClick={() => onZoom(1 / ZOOM_STEP)}
        />
        <IconButton size="touch" icon="plus" label={t('points.closer')} onClick={() => onZoom(ZOOM_STEP)} />
        <IconButton
          size="touch"
          icon="expand"
          label={t('points.whole')}
          disabled={zoom <= 1}
          onClick={onWhole}
        />
        <IconButton
          size="touch"
          icon="swap"
          label={t('points.swap')}
          disabled={!hasHand}
          onClick={edit.swap}
        />
      </div>
      <div class="points-which">
        <IconButton
          size="touch"
          icon="back"
          label={t('points.before')}
          disabled={!hasHand}
          onClick={() => edit.step(-1)}
        />
        <p class="points-name" aria-live="polite">
          {edit.selected ? <PointName at={edit.selected} /> : t('points.noHands')}
        </p>
        <IconButton
          size="touch"
          icon="forward"
          label={t('points.next')}
          disabled={!hasHand}
          onClick={() => edit.step(1)}
        />
      </div>
      <fieldset class="points-choices" aria-label={t('points.howSeen')}>
        {POINT_STATES.map((state) => (
          <button
            key={state}
            type="button"
            class="points-choice"
            aria-pressed={edit.point?.state === state}
            disabled={!edit.point}
            onClick={() => edit.mark(state)}
          >
            {t(`points.state.${state}`)}
          </button>
        ))}
      </fieldset>
      <fieldset class="points-choices" aria-label={t('points.whichHands')}>
        {SIDES.map((side) => (
          <button
            key={side}
            type="button"
            class={`points-choice points-choice-${side}`}
            aria-pressed={moment[side] !== null}
            onClick={() => edit.toggle(side)}
          >
            <Icon name={moment[side] ? 'check' : 'close'} size={16} />
            {t(moment[side] ? `points.hand.${side}` : `points.noHand.${side}`)}
          </button>
        ))}
      </fieldset>
    </div>
  )
}

/** The joint in words: the hand, the finger, and which joint of it counted from the palm. */
function PointName({ at: { side, joint } }: { at: PointAt }) {
  const { t, number } = useI18n()
  const finger = (HAND_JOINTS[joint] ?? '').split('_')[0] ?? ''
  const n = ((joint - 1) % JOINTS_A_FINGER) + 1
  const name =
    joint === 0
      ? t('points.wrist')
      : t(n === JOINTS_A_FINGER ? 'points.tip' : 'points.joint', {
          finger: t(`points.finger.${finger}`),
          n: number(n),
        })
  return (
    <>
      <strong>{name}</strong>
      <span>{t(`points.hand.${side}`)}</span>
    </>
  )
}

/** How it is done, in a sentence, until somebody has read it. */
export function HowTo({ onRead }: { onRead: () => void }) {
  const { t } = useI18n()
  return (
    <div class="points-how">
      <p>{t('points.howTo')}</p>
      <Button size="touch" onClick={onRead}>
        {t('points.gotIt')}
      </Button>
    </div>
  )
}
