import type { RolloutDetail } from '@chiron/contract'
import { Button, Card, ErrorNote, useI18n } from '@chiron/ui'
import { hasModel } from './model-of.ts'
import type { Robot } from './open-robot.ts'
import { PushForm } from './PushForm.tsx'
import type { Rerun } from './protocol.ts'
import { RobotStage } from './RobotStage.tsx'
import { movingStream, useRobot } from './use-robot.ts'

type Moment = {
  timeMs: number
  onTime: (timeMs: number) => void
  isFilmed: boolean
  rerun: Rerun | null
  onRerun: (rerun: Rerun | null) => void
}

/** The robot of a rollout as it moved, at the moment of the player beside it; and what a push would have done. */
export function RobotReplay({ rollout, ...moment }: Moment & { rollout: RolloutDetail }) {
  const { t } = useI18n()
  const { state, open } = useRobot(rollout)
  const lacking = hasModel(rollout) ? (movingStream(rollout) ? null : 'joints') : 'model'
  return (
    <Card title={t('replay.title')}>
      {lacking ? (
        <p class="quiet">{t(`replay.no.${lacking}`)}</p>
      ) : state.at === 'open' ? (
        <OpenRobot robot={state.robot} leftOutCount={state.leftOutCount} {...moment} />
      ) : state.at === 'failed' ? (
        <ErrorNote
          happened={t('replay.failed')}
          lost={t('trouble.nothingLost')}
          next={<span dir="ltr">{state.why}</span>}
          action={
            <Button icon="refresh" onClick={() => void open()}>
              {t('ui.action.retry')}
            </Button>
          }
        />
      ) : (
        <div class="stack">
          <p class="quiet prose">{t('replay.intro')}</p>
          <div>
            <Button icon="machine" busy={state.at === 'opening'} onClick={() => void open()}>
              {t('replay.open')}
            </Button>
          </div>
        </div>
      )}
    </Card>
  )
}

function OpenRobot({ robot, leftOutCount, ...moment }: Moment & { robot: Robot; leftOutCount: number }) {
  const { t } = useI18n()
  const { movedJointCount, jointCount } = robot.opened
  return (
    <div class="stack">
      <RobotStage robot={robot} {...moment} />
      {movedJointCount < jointCount && (
        <p class="quiet">{t('replay.moved', { n: movedJointCount, of: jointCount })}</p>
      )}
      {leftOutCount > 0 && <p class="quiet">{t('replay.leftOut', { n: leftOutCount })}</p>}
      {robot.opened.bodies.length > 0 && <PushForm robot={robot} {...moment} />}
    </div>
  )
}
