import { expectedHourlyMinor } from '@chiron/core/pay'
import { Field, MoneyInput, NumberInput, Select, useI18n } from '@chiron/ui'
import type { DraftHandle } from './draft-state.ts'
import { Section } from './Section.tsx'

const CURRENCIES = ['USD', 'EUR', 'GBP', 'AED', 'BRL', 'EGP', 'IDR', 'INR', 'KES', 'MXN', 'NGN', 'PHP', 'SAR']

/** What one unit pays and takes, and the hourly rate a worker will read before saying yes (WR-4). */
export function PaySection({ handle }: { handle: DraftHandle }) {
  const { t, duration, money } = useI18n()
  const { draft, set, setTerms, isFrozen, before } = handle
  const { payMinor, currency, estimateSeconds } = draft.terms
  const code = currency ?? 'USD'
  const hourly =
    payMinor !== null && estimateSeconds ? expectedHourlyMinor({ payMinor, estimateSeconds }) : null
  return (
    <Section
      id="pay"
      title={t('draft.pay')}
      aside={
        hourly !== null && (
          <output class="hourly">
            <strong class="figure">{money(hourly, code)}</strong> {t('draft.anHour')}
          </output>
        )
      }
      lead={t('draft.payLead')}
    >
      <div class="field-row">
        <Field
          label={t(`draft.payEach.${draft.kind}`)}
          {...(isFrozen && before.terms.payMinor !== null
            ? { hint: t('draft.atLeast', { value: money(before.terms.payMinor, code) }) }
            : {})}
        >
          <MoneyInput
            amountMinor={payMinor}
            currency={code}
            onAmount={(amountMinor) => setTerms({ payMinor: amountMinor })}
          />
        </Field>
        <Field label={t('draft.currency')}>
          <Select
            value={code}
            disabled={isFrozen}
            onValue={(value) => setTerms({ currency: value })}
            options={[...new Set([code, ...CURRENCIES])].map((value) => ({ value, label: value }))}
          />
        </Field>
        <Field
          label={t('draft.estimate')}
          hint={estimateSeconds ? duration(estimateSeconds * 1000) : t('draft.estimateHint')}
        >
          <NumberInput
            value={estimateSeconds}
            onValue={(value) => setTerms({ estimateSeconds: whole(value) })}
            min={5}
            max={86_400}
            unit={t('draft.seconds')}
            disabled={isFrozen}
          />
        </Field>
      </div>
      <div class="field-row">
        <Field
          label={t(`draft.quota.${draft.kind}`)}
          {...(isFrozen
            ? { hint: t('draft.atLeast', { value: before.quota }) }
            : draft.sourceCampaignId
              ? { hint: t('draft.quotaOfSource') }
              : {})}
        >
          <NumberInput
            value={draft.quota}
            onValue={(value) => set({ quota: whole(value) ?? 0 })}
            min={isFrozen ? before.quota : 1}
            max={1_000_000}
            disabled={draft.sourceCampaignId !== null}
          />
        </Field>
        <Field label={t('draft.perWorker')} optional hint={t('draft.perWorkerHint')}>
          <NumberInput
            value={draft.perWorkerMax}
            onValue={(value) => set({ perWorkerMax: whole(value) })}
            min={1}
            max={100_000}
          />
        </Field>
        <Field label={t('draft.lease')} hint={t('draft.leaseHint')}>
          <NumberInput
            value={Math.round(draft.leaseSeconds / 60)}
            onValue={(value) => set({ leaseSeconds: Math.max(60, (whole(value) ?? 1) * 60) })}
            min={1}
            max={10_080}
            unit={t('draft.minutes')}
            disabled={isFrozen}
          />
        </Field>
      </div>
    </Section>
  )
}

const whole = (value: number | null): number | null => (value === null ? null : Math.round(value))
