import { newId } from '@chiron/client'
import { payRoutes } from '@chiron/contract'
import { Button, Dialog, Field, MoneyInput, Select, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { refresh, useMe } from '../../data/queries.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import type { BalanceSums } from './EarningsScreen.tsx'

type PayoutDialogProps = { open: boolean; balances: readonly BalanceSums[]; onClose: () => void }

/** Asks for money: the whole balance unless the person says less. */
export function PayoutDialog({ open, balances, onClose }: PayoutDialogProps) {
  const [balance] = balances
  if (!open || !balance) return null
  return <Payout balances={balances} first={balance} onClose={onClose} />
}

type PayoutProps = { balances: readonly BalanceSums[]; first: BalanceSums; onClose: () => void }

function Payout({ balances, first, onClose }: PayoutProps) {
  const { t, money } = useI18n()
  const toast = useToast()
  const me = useMe().data
  const teams = me?.as === 'worker' ? me.workspaces : []
  const [currency, setCurrency] = useState(first.currency)
  const [team, setTeam] = useState(teams[0]?.id ?? '')
  const pseudonym = teams.find(({ id }) => id === team)?.pseudonym
  const balance = balances.find((each) => each.currency === currency) ?? first
  const [amount, setAmount] = useState<number | null>(balance.availableMinor)
  // One id for this wish: pressing twice, or again after a broken link, asks once.
  const [id] = useState(newId)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const isTooMuch = amount !== null && amount > balance.availableMinor
  const ask = async () => {
    if (amount === null || amount <= 0 || isTooMuch) return
    setBusy(true)
    setError(null)
    try {
      const body = { id, workspaceId: team, amount: { amountMinor: amount, currency } }
      await client.call(payRoutes.requestPayout, { body })
      refresh('earnings')
      toast({ text: t('payout.asked', { amount: money(amount, currency) }), tone: 'good' })
      onClose()
    } catch (caught) {
      setError(caught)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('earnings.payout')}
      shape="sheet"
      actions={
        <Button
          kind="primary"
          size="touch"
          busy={busy}
          disabled={amount === null || amount <= 0 || isTooMuch || team === ''}
          onClick={() => void ask()}
        >
          {t('payout.ask')}
        </Button>
      }
    >
      <div class="stack">
        {error ? <Trouble error={error} /> : null}
        <p>{t('payout.text')}</p>
        {pseudonym && <p>{t('payout.known', { pseudonym })}</p>}
        {teams.length > 1 && (
          <Field label={t('payout.from')}>
            <Select
              value={team}
              onValue={setTeam}
              options={teams.map((each) => ({ value: each.id, label: each.name }))}
            />
          </Field>
        )}
        {balances.length > 1 && (
          <Field label={t('payout.currency')}>
            <Select
              value={currency}
              onValue={setCurrency}
              options={balances.map((each) => ({ value: each.currency, label: each.currency }))}
            />
          </Field>
        )}
        <Field
          label={t('payout.amount')}
          hint={t('payout.upTo', { amount: money(balance.availableMinor, currency) })}
          error={isTooMuch ? t('payout.tooMuch') : null}
        >
          <MoneyInput amountMinor={amount} onAmount={setAmount} currency={currency} />
        </Field>
      </div>
    </Dialog>
  )
}
