import type { CameraScale } from '@chiron/core/camera'
import { ActionBar, Button, Icon, useI18n } from '@chiron/ui'
import { Screen } from '../../shell/Screen.tsx'

type CardResultProps = { made: CameraScale; from: string | undefined; onAgain: () => void }

/** The scale that was kept, and what ends it. */
export function CardResult({ made, from, onAgain }: CardResultProps) {
  const { t, number } = useI18n()
  return (
    <Screen
      title={t('card.title')}
      back={from ?? '/settings'}
      action={
        <ActionBar>
          <Button kind="primary" size="touch" wide icon="check" href={from ?? '/'}>
            {t('calibrate.finish')}
          </Button>
        </ActionBar>
      }
    >
      <div class="stack" data-scale={made.mmPerPx}>
        <p class="board-say" role="status">
          <Icon name="good" size={24} />
          <span>
            {t('card.scale', {
              mm: number(made.mmPerPx, { maximumSignificantDigits: 3 }),
              error: number(made.errorRatio * 100, { maximumFractionDigits: 1 }),
            })}
          </span>
        </p>
        <p>{t('card.kept')}</p>
        <p class="quiet">
          {t('calibrate.result.size', {
            width: number(made.width, { useGrouping: false }),
            height: number(made.height, { useGrouping: false }),
          })}
        </p>
        <Button size="touch" icon="refresh" onClick={onAgain}>
          {t('card.again')}
        </Button>
      </div>
    </Screen>
  )
}
