import { Button, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { FundForm } from '../../pay/FundForm.tsx'

export type EscrowState = {
  currency: string
  neededMinor: number
  heldMinor: number
  fundsMinor: number
  missingMinor: number
}

/** What must be put aside before people work, against what there is; money can be put in right here. */
export function EscrowNote({ escrow, title }: { escrow: EscrowState; title: string }) {
  const { t, money } = useI18n()
  const [funding, setFunding] = useState(false)
  const { currency, neededMinor, heldMinor, fundsMinor, missingMinor } = escrow
  const rows: [string, number][] = [
    [t('escrow.needed'), neededMinor],
    ...(heldMinor > 0 ? [[t('escrow.held'), heldMinor] as [string, number]] : []),
    [t('escrow.funds'), fundsMinor],
  ]
  return (
    <div class="escrow">
      <h2 class="card-title">{t('escrow.title')}</h2>
      <dl class="sums">
        {rows.map(([name, amountMinor]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="figure">{money(amountMinor, currency)}</dd>
          </div>
        ))}
        {missingMinor > 0 && (
          <div class="sums-missing">
            <dt>{t('escrow.missing')}</dt>
            <dd class="figure">{money(missingMinor, currency)}</dd>
          </div>
        )}
      </dl>
      <p class="quiet">{t('escrow.why')}</p>
      {missingMinor > 0 &&
        (funding ? (
          <FundForm
            currency={currency}
            amountMinor={missingMinor}
            reference={title.slice(0, 120)}
            onDone={() => setFunding(false)}
          />
        ) : (
          <Button icon="money" wide onClick={() => setFunding(true)}>
            {t('escrow.putIn')}
          </Button>
        ))}
    </div>
  )
}
