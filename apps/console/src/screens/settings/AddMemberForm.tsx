import { accountRoutes, type Role } from '@chiron/contract'
import { Button, Field, RadioGroup, TextInput, useI18n } from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'

const ROLES: readonly Role[] = ['manager', 'reviewer', 'auditor', 'owner']

/** A name and a role; the reply is a link to hand over. */
export function AddMemberForm({ onAdded }: { onAdded: (made: { name: string; url: string }) => void }) {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('manager')
  const add = useAct(async () => {
    const { member, url } = await client.call(accountRoutes.addMember, { body: { name: name.trim(), role } })
    onAdded({ name: member.name, url })
  }, ['members'])
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void add.run()
      }}
    >
      <Field label={t('people.name')}>
        <TextInput value={name} maxLength={80} onValue={setName} />
      </Field>
      <RadioGroup
        label={t('team.role')}
        value={role}
        onValue={(value) => setRole(value as Role)}
        options={ROLES.map((value) => ({
          value,
          label: t(`role.${value}`),
          hint: t(`roleMay.${value}`),
        }))}
      />
      {add.error && <Trouble error={add.error} />}
      <div class="row">
        <Button kind="primary" type="submit" busy={add.busy} disabled={name.trim() === ''}>
          {t('team.addNow')}
        </Button>
      </div>
    </form>
  )
}
