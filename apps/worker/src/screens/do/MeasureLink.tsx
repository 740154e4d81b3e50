import type { DemonstrateConfig } from '@chiron/core/kinds'
import { Button, useI18n } from '@chiron/ui'
import { cameraState } from '../../data/calibrations.ts'

type MeasureLinkProps = { config: Pick<DemonstrateConfig, 'camera' | 'minHeight'>; leaseId: string }

/** The way to measuring the camera that will film, and whether that is due. Nobody has to. */
export function MeasureLink({ config, leaseId }: MeasureLinkProps) {
  const { t } = useI18n()
  const { calibration, stale } = cameraState(config.camera)
  const isDone = calibration !== undefined && stale.length === 0
  return (
    <Button
      size="touch"
      icon={isDone ? 'good' : calibration === undefined ? 'camera' : 'attention'}
      href={`/calibrate?camera=${config.camera}&lines=${config.minHeight}&task=${leaseId}`}
    >
      {t(isDone ? 'ready.measured' : stale.length > 0 ? 'ready.measureAgain' : 'ready.measure')}
    </Button>
  )
}
