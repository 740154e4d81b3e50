import type { EpisodeCalibration } from '@chiron/contract'
import { Tag, useI18n } from '@chiron/ui'

/** Whether the camera that filmed was calibrated, how well, and what speaks against using it. */
export function CameraRow({ calibration }: { calibration: EpisodeCalibration | null }) {
  const { t, number, dateTime } = useI18n()
  return (
    <div>
      <dt>{t('camera.title')}</dt>
      <dd>
        {calibration === null ? (
          t('camera.none')
        ) : (
          <>
            <Tag tone={calibration.stale.length === 0 ? 'good' : 'attention'}>
              {t('camera.error', { error: number(calibration.rmsPx, { maximumFractionDigits: 2 }) })}
            </Tag>{' '}
            {t('camera.made', {
              n: calibration.viewCount,
              when: dateTime(calibration.madeAt, 'date'),
              width: calibration.intrinsics.width,
              height: calibration.intrinsics.height,
            })}
            {calibration.stale.map((reason) => (
              <p key={reason} class="quiet">
                {t(`camera.stale.${reason}`)}
              </p>
            ))}
          </>
        )}
      </dd>
    </div>
  )
}
