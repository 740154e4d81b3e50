import { accountRoutes, type Member, type Role } from '@chiron/contract'
import {
  Button,
  Dialog,
  IconButton,
  RelativeTime,
  Select,
  Skeleton,
  Tag,
  useI18n,
  useToast,
} from '@chiron/ui'
import { useState } from 'preact/hooks'
import { client } from '../../data/client.ts'
import { useAsk } from '../../data/queries.ts'
import { useAct } from '../../data/use-act.ts'
import { useMay, useMember } from '../../shell/me.ts'
import { Trouble } from '../../shell/Trouble.tsx'
import { AddMemberForm } from './AddMemberForm.tsx'
import { OneTimeSecret } from './OneTimeSecret.tsx'

export const ROLES: readonly Role[] = ['owner', 'manager', 'reviewer', 'auditor']

/** Who is in the team, as what; owners change it. */
export function TeamTab() {
  const { t } = useI18n()
  const may = useMay()
  const members = useAsk('members', accountRoutes.listMembers)
  const [adding, setAdding] = useState(false)
  const [link, setLink] = useState<{ name: string; url: string } | null>(null)
  const [removing, setRemoving] = useState<Member | null>(null)
  if (!members.data) {
    return members.error ? (
      <Trouble error={members.error} onRetry={() => void members.refetch()} />
    ) : (
      <Skeleton height={160} />
    )
  }
  return (
    <div class="stack">
      <div class="row row-apart">
        <p class="page-lead">{t(may('member.write') ? 'team.lead' : 'team.readOnly')}</p>
        {may('member.write') && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            {t('team.add')}
          </Button>
        )}
      </div>
      <div class="plain-scroll framed">
        <table class="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('people.name')}</th>
              <th scope="col">{t('team.role')}</th>
              <th scope="col">{t('team.seen')}</th>
              {may('member.write') && (
                <th scope="col">
                  <span class="visually-hidden">{t('team.acts')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {members.data.items.map((member) => (
              <MemberRow key={member.id} member={member} onLink={setLink} onRemove={setRemoving} />
            ))}
          </tbody>
        </table>
      </div>
      <dl class="role-words">
        {ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>{t(`roleMay.${role}`)}</dd>
          </div>
        ))}
      </dl>
      <Dialog open={adding} onClose={() => setAdding(false)} title={t('team.add')}>
        <AddMemberForm
          onAdded={(made) => {
            setAdding(false)
            setLink(made)
          }}
        />
      </Dialog>
      <Dialog
        open={link !== null}
        onClose={() => setLink(null)}
        title={t('team.linkFor', { name: link?.name ?? '' })}
      >
        {link && <OneTimeSecret text={link.url} words={t('team.linkOnce')} isLink />}
      </Dialog>
      {removing && <RemoveDialog key={removing.id} member={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}

type MemberRowProps = {
  member: Member
  onLink: (made: { name: string; url: string }) => void
  onRemove: (member: Member) => void
}

function MemberRow({ member, onLink, onRemove }: MemberRowProps) {
  const { t } = useI18n()
  const may = useMay()
  const me = useMember()
  const toast = useToast()
  const isSelf = member.id === me.memberId
  const change = useAct(
    (role: Role) =>
      client.call(accountRoutes.changeMember, { params: { memberId: member.id }, body: { role } }),
    ['members'],
  )
  const makeLink = useAct(async () => {
    const { url } = await client.call(accountRoutes.makeMemberLink, { params: { memberId: member.id } })
    onLink({ name: member.name, url })
  })
  const changeRole = async (role: Role) => {
    const before = member.role
    if (!(await change.run(role))) return
    toast({
      text: t('team.changed', { name: member.name, role: t(`role.${role}`) }),
      undo: () => void change.run(before),
    })
  }
  const error = change.error ?? makeLink.error
  return (
    <tr>
      <td>
        <bdi>{member.name}</bdi> {isSelf && <Tag>{t('team.you')}</Tag>}
        {error && <Trouble error={error} />}
      </td>
      <td>
        {may('member.write') && !isSelf ? (
          <Select
            value={member.role}
            aria-label={t('team.roleOf', { name: member.name })}
            onValue={(role) => void changeRole(role as Role)}
            options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
          />
        ) : (
          t(`role.${member.role}`)
        )}
      </td>
      <td>{member.lastSeenAt ? <RelativeTime at={member.lastSeenAt} /> : t('team.never')}</td>
      {may('member.write') && (
        <td class="cell-acts">
          <Button icon="link" busy={makeLink.busy} onClick={() => void makeLink.run()}>
            {t('team.link')}
          </Button>
          {!isSelf && (
            <IconButton
              icon="trash"
              label={t('team.remove', { name: member.name })}
              onClick={() => onRemove(member)}
            />
          )}
        </td>
      )}
    </tr>
  )
}

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useI18n()
  const remove = useAct(async () => {
    await client.call(accountRoutes.removeMember, { params: { memberId: member.id } })
    onClose()
  }, ['members'])
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('team.remove', { name: member.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.action.cancel')}</Button>
          <Button kind="danger" busy={remove.busy} onClick={() => void remove.run()}>
            {t('team.removeNow')}
          </Button>
        </>
      }
    >
      <p>{t('team.removeText')}</p>
      {remove.error && <Trouble error={remove.error} />}
    </Dialog>
  )
}
