import { accountRoutes, type Invite } from '@chiron/contract'
import { Button, CopyText, Field, NumberInput, TextInput, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { QrOf } from '../../parts/QrOf.tsx'
import { Trouble } from '../../shell/Trouble.tsx'

const MANY = 100
const DAYS = 14

type InviteFormProps = {
  /** What the invite is called in the list. */
  label?: string
  /** One button: 100 people, 14 days. */
  isShort?: boolean
}

/** Makes an invite and shows it once: its secret is not kept anywhere. */
export function InviteForm({ label: first = '', isShort = false }: InviteFormProps) {
  const { t } = useI18n()
  const [made, setMade] = useState<Invite | null>(null)
  const [label, setLabel] = useState(first)
  const [uses, setUses] = useState<number | null>(MANY)
  const [days, setDays] = useState<number | null>(DAYS)
  const make = useAct(async () => {
    const body = { label: label.trim() || t('invite.plain'), uses: uses ?? 1, days: days ?? DAYS }
    setMade(await client.call(accountRoutes.makeInvite, { body }))
  }, ['invites'])
  if (made) return <MadeInvite invite={made} onAnother={() => setMade(null)} />
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void make.run()
      }}
    >
      <p>{t(isShort ? 'invite.shortLead' : 'invite.lead')}</p>
      {!isShort && (
        <>
          <Field label={t('invite.label')} hint={t('invite.labelHint')} optional>
            <TextInput value={label} maxLength={80} onValue={setLabel} />
          </Field>
          <div class="field-row">
            <Field label={t('invite.uses')}>
              <NumberInput value={uses} onValue={setUses} min={1} max={10_000} />
            </Field>
            <Field label={t('invite.days')}>
              <NumberInput value={days} onValue={setDays} min={1} max={90} unit={t('draft.days')} />
            </Field>
          </div>
        </>
      )}
      {make.error && <Trouble error={make.error} />}
      <div class="row">
        <Button kind={isShort ? 'secondary' : 'primary'} type="submit" icon="link" busy={make.busy}>
          {t('invite.make')}
        </Button>
      </div>
    </form>
  )
}

function MadeInvite({ invite, onAnother }: { invite: Invite; onAnother: () => void }) {
  const { t, dateTime } = useI18n()
  const url = invite.url ?? ''
  return (
    <div class="invite-made">
      <QrOf text={url} />
      <div class="stack stack-tight">
        <CopyText text={url} />
        <p>{t('invite.once')}</p>
        <p class="quiet">
          {t('invite.terms', { n: invite.usesLeft, date: dateTime(invite.expiresAt, 'date') })}
        </p>
        <div class="row">
          <Button kind="quiet" icon="plus" onClick={onAnother}>
            {t('invite.another')}
          </Button>
        </div>
      </div>
    </div>
  )
}
