import { newId } from '@chiron/client'
import { payRoutes } from '@chiron/contract'
import { Button, Field, MoneyInput, Select, TextInput, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'

const CURRENCIES = ['USD', 'EUR', 'GBP', 'AED', 'BRL', 'EGP', 'IDR', 'INR', 'KES', 'MXN', 'NGN', 'PHP', 'SAR']

type FundFormProps = {
  currency: string
  /** Left open, the currency can be chosen. */
  amountMinor?: number
  reference?: string
  onDone: () => void
}

/** Money put in for campaigns: how much, and where the transfer is found. The id is made once, so twice is once. */
export function FundForm({
  currency: first,
  amountMinor: asked,
  reference: named = '',
  onDone,
}: FundFormProps) {
  const { t, money } = useI18n()
  const toast = useToast()
  const [id] = useState(newId)
  const [currency, setCurrency] = useState(first)
  const [amountMinor, setAmount] = useState<number | null>(asked ?? null)
  const [reference, setReference] = useState(named)
  const fund = useAct(async () => {
    const amount = { amountMinor: amountMinor ?? 0, currency }
    await client.call(payRoutes.fund, { body: { id, amount, reference: reference.trim() } })
    toast({ text: t('fund.done', { amount: money(amount.amountMinor, currency) }), tone: 'good' })
    onDone()
  }, ['pay', 'entries'])
  const ready = amountMinor !== null && amountMinor > 0 && reference.trim() !== ''
  return (
    <form
      class="stack stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void fund.run()
      }}
    >
      <div class="field-row">
        <Field label={t('fund.amount')}>
          <MoneyInput amountMinor={amountMinor} onAmount={setAmount} currency={currency} />
        </Field>
        {asked === undefined && (
          <Field label={t('draft.currency')}>
            <Select
              value={currency}
              onValue={setCurrency}
              options={[...new Set([first, ...CURRENCIES])].map((value) => ({ value, label: value }))}
            />
          </Field>
        )}
      </div>
      <Field label={t('fund.reference')} hint={t('fund.referenceHint')}>
        <TextInput value={reference} maxLength={140} onValue={setReference} />
      </Field>
      {fund.error && <Trouble error={fund.error} />}
      <div class="row">
        <Button kind="primary" type="submit" busy={fund.busy} disabled={!ready}>
          {t('fund.put', { amount: amountMinor === null ? '' : money(amountMinor, currency) })}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('ui.action.cancel')}
        </Button>
      </div>
    </form>
  )
}
