import { payRoutes } from '@chiron/contract'
import { Button, Card, Dialog, Field, RelativeTime, Status, TextInput, useI18n, useToast } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay } from '../../shell/me.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import type { PayOverview } from './PayScreen.tsx'

type Payout = PayOverview['payouts'][number]
type Settling = { payout: Payout; outcome: 'paid' | 'failed' }

const LOOKS = { requested: 'pending', paid: 'paid', failed: 'failed' } as const

/** Who asked for money; saying that it was paid is money, so it is asked once more. */
export function PayoutsCard({ payouts }: { payouts: readonly Payout[] }) {
  const { t, money } = useI18n()
  const may = useMay()
  const [settling, setSettling] = useState<Settling | null>(null)
  const open = payouts.filter(({ state }) => state === 'requested').length
  return (
    <Card
      title={t('pay.payouts')}
      aside={open > 0 && <span class="quiet">{t('pay.toSettle', { n: open })}</span>}
      flush={payouts.length > 0}
    >
      {payouts.length === 0 ? (
        <p class="quiet">{t('pay.noPayouts')}</p>
      ) : (
        <div class="plain-scroll">
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('episodes.worker')}</th>
                <th scope="col" class="cell-numeric">
                  {t('fund.amount')}
                </th>
                <th scope="col">{t('campaigns.state')}</th>
                <th scope="col">{t('pay.asked')}</th>
                <th scope="col">
                  <span class="visually-hidden">{t('pay.settle')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {payouts.map((payout) => (
                <tr key={payout.id}>
                  <td>
                    <bdi>{payout.workerPseudonym}</bdi>
                  </td>
                  <td class="cell-numeric">{money(payout.amountMinor, payout.currency)}</td>
                  <td>
                    <Status name={LOOKS[payout.state]} label={t(`payout.${payout.state}`)} />
                  </td>
                  <td>
                    <RelativeTime at={payout.requestedAt} />
                  </td>
                  <td class="cell-acts">
                    {payout.state === 'requested' && may('pay.write') && (
                      <>
                        <Button icon="check" onClick={() => setSettling({ payout, outcome: 'paid' })}>
                          {t('pay.markPaid')}
                        </Button>
                        <Button kind="quiet" onClick={() => setSettling({ payout, outcome: 'failed' })}>
                          {t('pay.markFailed')}
                        </Button>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {settling && <SettleDialog key={settling.payout.id} {...settling} onClose={() => setSettling(null)} />}
    </Card>
  )
}

function SettleDialog({ payout, outcome, onClose }: Settling & { onClose: () => void }) {
  const { t, money } = useI18n()
  const toast = useToast()
  const [reference, setReference] = useState('')
  const amount = money(payout.amountMinor, payout.currency)
  const settle = useAct(async () => {
    const body = { outcome, reference: reference.trim() }
    await client.call(payRoutes.settlePayout, { params: { payoutId: payout.id }, body })
    toast({ text: t(`pay.settled.${outcome}`, { amount, who: payout.workerPseudonym }), tone: 'good' })
    onClose()
  }, ['pay', 'entries'])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`pay.settle.${outcome}`, { amount, who: payout.workerPseudonym })}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
          <Button
            kind="primary"
            busy={settle.busy}
            disabled={reference.trim() === ''}
            onClick={() => void settle.run()}
          >
            {t(`pay.confirm.${outcome}`)}
          </Button>
        </>
      }
    >
      <div class="stack">
        <p>{t(`pay.explain.${outcome}`)}</p>
        <Field label={t('fund.reference')} hint={t(`pay.referenceHint.${outcome}`)}>
          <TextInput value={reference} maxLength={140} onValue={setReference} />
        </Field>
        {settle.error && <Trouble error={settle.error} />}
      </div>
    </Dialog>
  )
}
