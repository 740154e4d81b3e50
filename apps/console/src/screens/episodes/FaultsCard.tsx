import type { WireFault } from '@chiron/contract'
import { Card, Icon, useI18n } from '@chiron/ui'
import { useFaultFigure } from './fault-figure.ts'
import { MomentButton } from './MomentButton.tsx'

type FaultsCardProps = {
  faults: readonly WireFault[]
  onMoment?: ((momentMs: number) => void) | undefined
}

const ICONS = { fatal: 'bad', fixable: 'attention', notice: 'information' } as const

/** What the checks found, each with its moment and the figure against its limit. */
export function FaultsCard({ faults, onMoment }: FaultsCardProps) {
  const { t, has } = useI18n()
  const figureOf = useFaultFigure()
  return (
    <Card title={t('faults.title')}>
      {faults.length === 0 ? (
        <p class="fault-none">
          <Icon name="good" size={18} /> {t('faults.none')}
        </p>
      ) : (
        <ul class="fault-lines">
          {faults.map((fault) => {
            const { code, severity, fromMs, toMs } = fault
            const figure = figureOf(fault)
            return (
              <li key={`${code} ${fromMs}`} class={`fault-line fault-${severity}`}>
                <Icon name={ICONS[severity]} size={18} label={t(`faults.${severity}`)} />
                <div class="grow">
                  <p>
                    {has(`ui.fault.${code}`) ? t(`ui.fault.${code}`) : code}
                    {figure !== null && (
                      <span class="quiet figure">
                        {' · '}
                        {figure}
                      </span>
                    )}
                  </p>
                </div>
                <MomentButton fromMs={fromMs} toMs={toMs} onMoment={onMoment} />
              </li>
            )
          })}
        </ul>
      )}
    </Card>
  )
}
