import type { EpisodeCalibration, EpisodeScale } from '@chiron/contract'
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

/** The scale that a bank card told of the plane worked on, how sure it is, and what speaks against it. */
export function ScaleRow({ scale }: { scale: EpisodeScale | null }) {
  const { t, number, dateTime } = useI18n()
  if (scale === null) return null
  const words = {
    mm: number(scale.mmPerPx, { maximumSignificantDigits: 3 }),
    error: number(scale.errorRatio * 100, { maximumFractionDigits: 1 }),
  }
  return (
    <div>
      <dt>{t('scale.title')}</dt>
      <dd>
        <Tag tone={scale.stale.length === 0 ? 'good' : 'attention'}>{t('scale.value', words)}</Tag>{' '}
        {t('scale.made', {
          when: dateTime(scale.madeAt, 'date-time'),
          width: scale.width,
          height: scale.height,
        })}
        {scale.stale.map((reason) => (
          <p key={reason} class="quiet">
            {t(reason === 'old' || reason === 'inexact' ? `scale.stale.${reason}` : `camera.stale.${reason}`)}
          </p>
        ))}
      </dd>
    </div>
  )
}
