import type { WireFault } from '@chiron/contract'
import { Card, Icon, useI18n } from '@chiron/ui'
import { MomentButton } from './MomentButton.tsx'

type FaultsCardProps = {
  faults: readonly WireFault[]
  onMoment?: ((momentMs: number) => void) | undefined
}

const ICONS = { fatal: 'bad', fixable: 'attention', notice: 'information' } as const

/** What the checks found, each with its moment and the figure against its limit. */
export function FaultsCard({ faults, onMoment }: FaultsCardProps) {
  const { t, has, number } = useI18n()
  const figure = (value: number) => number(value, { maximumSignificantDigits: 3 })
  return (
    <Card title={t('faults.title')}>
      {faults.length === 0 ? (
        <p class="fault-none">
          <Icon name="good" size={18} /> {t('faults.none')}
        </p>
      ) : (
        <ul class="fault-lines">
          {faults.map(({ code, severity, fromMs, toMs, value, limit }) => (
            <li key={`${code} ${fromMs}`} class={`fault-line fault-${severity}`}>
              <Icon name={ICONS[severity]} size={18} label={t(`faults.${severity}`)} />
              <div class="grow">
                <p>
                  {has(`ui.fault.${code}`) ? t(`ui.fault.${code}`) : code}
                  {value !== null && limit !== null && (
                    <span class="quiet figure">
                      {' · '}
                      {t('faults.limit', { value: figure(value), limit: figure(limit) })}
                    </span>
                  )}
                </p>
              </div>
              <MomentButton fromMs={fromMs} toMs={toMs} onMoment={onMoment} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
