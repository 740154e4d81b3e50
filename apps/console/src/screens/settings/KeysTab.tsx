import { type ApiKey, accountRoutes, type Role } from '@chiron/contract'
import {
  Button,
  Dialog,
  EmptyState,
  Field,
  RelativeTime,
  Select,
  Skeleton,
  Tag,
  TextInput,
  useI18n,
} from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { OneTimeSecret } from './OneTimeSecret.tsx'

/** Keys for programs: the command line, scripts, the Python client. */
export function KeysTab() {
  const { t } = useI18n()
  const keys = useAsk('keys', accountRoutes.listKeys)
  const [making, setMaking] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  if (!keys.data) {
    return keys.error ? (
      <Trouble error={keys.error} onRetry={() => void keys.refetch()} />
    ) : (
      <Skeleton height={120} />
    )
  }
  const newButton = (
    <Button kind="primary" icon="key" onClick={() => setMaking(true)}>
      {t('keys.new')}
    </Button>
  )
  return (
    <div class="stack">
      {keys.data.items.length === 0 ? (
        <EmptyState icon="key" title={t('keys.empty')} action={newButton}>
          <p>{t('keys.lead')}</p>
        </EmptyState>
      ) : (
        <>
          <div class="row row-apart">
            <p class="page-lead">{t('keys.lead')}</p>
            {newButton}
          </div>
          <KeyTable keys={keys.data.items} onRevoke={setRevoking} />
        </>
      )}
      <Dialog open={making} onClose={() => setMaking(false)} title={t('keys.new')}>
        <NewKeyForm />
      </Dialog>
      {revoking && <RevokeDialog key={revoking.id} apiKey={revoking} onClose={() => setRevoking(null)} />}
    </div>
  )
}

function KeyTable({ keys, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { t } = useI18n()
  return (
    <div class="plain-scroll framed">
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('people.name')}</th>
            <th scope="col">{t('team.role')}</th>
            <th scope="col">{t('campaigns.made')}</th>
            <th scope="col">{t('keys.used')}</th>
            <th scope="col">
              <span class="visually-hidden">{t('team.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td>
                <bdi>{key.name}</bdi> {key.revokedAt && <Tag icon="lock">{t('keys.revoked')}</Tag>}
              </td>
              <td>{t(`role.${key.role}`)}</td>
              <td>
                <RelativeTime at={key.createdAt} />
              </td>
              <td>{key.lastUsedAt ? <RelativeTime at={key.lastUsedAt} /> : t('team.never')}</td>
              <td class="cell-acts">
                {!key.revokedAt && <Button onClick={() => onRevoke(key)}>{t('keys.revoke')}</Button>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const ROLES: readonly Role[] = ['manager', 'reviewer', 'auditor', 'owner']

function NewKeyForm() {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('manager')
  const make = useAct(
    () => client.call(accountRoutes.makeKey, { body: { name: name.trim(), role } }),
    ['keys'],
  )
  if (make.result) return <OneTimeSecret text={make.result.secret} words={t('keys.once')} />
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void make.run()
      }}
    >
      <Field label={t('people.name')} hint={t('keys.nameHint')}>
        <TextInput value={name} maxLength={80} onValue={setName} />
      </Field>
      <Field label={t('team.role')} hint={t(`roleMay.${role}`)}>
        <Select
          value={role}
          onValue={(value) => setRole(value as Role)}
          options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        />
      </Field>
      {make.error && <Trouble error={make.error} />}
      <div class="row">
        <Button kind="primary" type="submit" busy={make.busy} disabled={name.trim() === ''}>
          {t('keys.make')}
        </Button>
      </div>
    </form>
  )
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useI18n()
  const revoke = useAct(async () => {
    await client.call(accountRoutes.revokeKey, { params: { keyId: apiKey.id } })
    onClose()
  }, ['keys'])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('keys.revokeTitle', { name: apiKey.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
          <Button kind="danger" busy={revoke.busy} onClick={() => void revoke.run()}>
            {t('keys.revokeNow')}
          </Button>
        </>
      }
    >
      <p>{t('keys.revokeText')}</p>
      {revoke.error && <Trouble error={revoke.error} />}
    </Dialog>
  )
}
