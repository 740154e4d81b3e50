import { Button, Checkbox, useI18n } from '@chiron/ui'
import { Trouble } from '../../shell/Trouble.tsx'
import type { SeriesLanes } from './use-series-lanes.ts'

const MOST_SHOWN = 24

/** Which values run along the picture. */
export function SeriesPicker({ series }: { series: SeriesLanes }) {
  const { t } = useI18n()
  const { names, shown, show, error, retry } = series
  if (error) return <Trouble error={error} onRetry={retry} />
  if (names.length === 0) return null
  const isFull = shown.length >= MOST_SHOWN
  return (
    <details class="series-picker">
      <summary>{t('rollout.values', { shown: shown.length, n: names.length })}</summary>
      <div class="series-names">
        {names.map((name) => {
          const isShown = shown.includes(name)
          return (
            <Checkbox
              key={name}
              label={name}
              checked={isShown}
              disabled={!isShown && isFull}
              onChecked={(checked) =>
                show(
                  checked
                    ? names.filter((each) => each === name || shown.includes(each))
                    : shown.filter((each) => each !== name),
                )
              }
            />
          )
        })}
      </div>
      <Button kind="quiet" icon="undo" onClick={() => show([])}>
        {t('rollout.firstValues')}
      </Button>
    </details>
  )
}
