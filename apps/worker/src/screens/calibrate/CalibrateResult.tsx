import { type Calibration, MAX_RMS_PX } from '@chiron/core/camera'
import { ActionBar, Button, ErrorNote, Icon, useI18n } from '@chiron/ui'
import { Screen } from '../../shell/Screen.tsx'

/** Below this the corners are where a good print and a sharp picture put them. */
const GOOD_RMS_PX = 0.5

type CalibrateResultProps = { made: Calibration | 'failed'; from: string | undefined; onAgain: () => void }

/** Whether a measuring is exact enough to be kept. */
export const isExact = (made: Calibration | 'failed'): made is Calibration =>
  made !== 'failed' && made.rmsPx <= MAX_RMS_PX

/** How exact it is, in words, and what to do where it was not kept for that. */
export function CalibrateResult({ made, from, onAgain }: CalibrateResultProps) {
  const { t, number } = useI18n()
  const isKept = isExact(made)
  const grade = made === 'failed' || !isKept ? 'bad' : made.rmsPx <= GOOD_RMS_PX ? 'good' : 'fair'
  return (
    <Screen
      title={t('calibrate.title')}
      back={from ?? '/settings'}
      action={
        <ActionBar>
          {isKept ? (
            <Button kind="primary" size="touch" wide icon="check" href={from ?? '/'}>
              {t('calibrate.finish')}
            </Button>
          ) : (
            <Button kind="primary" size="touch" wide icon="refresh" onClick={onAgain}>
              {t('calibrate.again')}
            </Button>
          )}
        </ActionBar>
      }
    >
      <div class="stack" data-grade={grade}>
        {made === 'failed' ? (
          <ErrorNote
            happened={t('calibrate.failed')}
            lost={t('trouble.nothingLost')}
            next={t('calibrate.failed.next')}
          />
        ) : (
          <>
            <p class="board-say" role="status">
              <Icon name={isKept ? 'good' : 'attention'} size={24} />
              <span>{t(`calibrate.result.${grade}`)}</span>
            </p>
            {!isKept && <p>{t('calibrate.result.bad.next')}</p>}
            <p>
              {t('calibrate.result.error', {
                error: number(made.rmsPx, { maximumFractionDigits: 2 }),
                n: made.viewCount,
              })}
            </p>
            {isKept && (
              <p class="quiet">
                {t('calibrate.result.size', {
                  width: number(made.intrinsics.width, { useGrouping: false }),
                  height: number(made.intrinsics.height, { useGrouping: false }),
                })}
              </p>
            )}
          </>
        )}
        {isKept && (
          <Button size="touch" icon="refresh" onClick={onAgain}>
            {t('calibrate.again')}
          </Button>
        )}
      </div>
    </Screen>
  )
}
