import type { WorkspaceId } from '@chiron/core/kit'
import { renderUnicodeCompact } from 'uqr'
import { findWorkspace, listTeam, makeInvite, makeMemberLink } from '../features/account/index.ts'
import { type Deps, type MemberRole, systemCtx } from '../platform/context.ts'
import { lanAddresses } from '../platform/http/tls.ts'
import { StartProblem } from './storage.ts'

const INVITE_DAYS = 7
const INVITE_USES = 100
const LABEL_WIDTH = 25
export const ROLES: readonly MemberRole[] = ['owner', 'manager', 'reviewer', 'auditor']

interface LinkOrder {
  /** Slug of the workspace. */
  workspace: string
  /** Only for this role; by default one member of each. */
  role?: MemberRole
}

/** Fresh one-time links: one into the console for a member of each role, one that invites workers. */
export async function freshLinks(deps: Deps, { workspace: slug, role }: LinkOrder): Promise<string[]> {
  const workspace = await findWorkspace(deps, slug)
  if (!workspace) throw new StartProblem(`There is no workspace “${slug}” here.`)
  const ctx = systemCtx(deps, 'start', workspace.id as WorkspaceId)
  const team = await listTeam(ctx)
  const lines = [`  ${workspace.name} (each link works once, for 7 days)`]
  for (const wanted of role ? [role] : ROLES) {
    const member = team.find((each) => each.role === wanted)
    if (!member) continue
    const { url } = await makeMemberLink(ctx, member.id)
    lines.push(line(`console, ${wanted}`, url))
  }
  if (role) return lines
  const { url } = await makeInvite(ctx, { label: 'printed at start', uses: INVITE_USES, days: INVITE_DAYS })
  return [...lines, ...workerLines(deps, url)]
}

const line = (label: string, text: string): string => `  ${label.padEnd(LABEL_WIDTH)}${text}`

/** How a phone gets in, or why it cannot. */
function workerLines({ config, publicUrl }: Deps, inviteUrl: string): string[] {
  const here = line('worker app', inviteUrl)
  const phoneUrl = inviteUrl.replace(publicUrl, phoneOrigin(config, publicUrl) ?? '')
  if (phoneUrl.startsWith('https://'))
    return [
      here,
      line('worker app, on a phone', phoneUrl),
      ...certificateNote(config.publicUrl),
      qr(phoneUrl),
    ]
  return [
    here,
    '',
    '  No QR code: browsers give a web page the camera only over https (or on this machine itself), so a phone',
    '  could not film here. For a phone on the same network start with:  npm start -- --tls',
  ]
}

function phoneOrigin(config: Deps['config'], publicUrl: string): string | undefined {
  if (config.publicUrl) return config.publicUrl
  const [address] = lanAddresses()
  return config.tls && address ? `https://${address}:${new URL(publicUrl).port}` : undefined
}

const certificateNote = (publicUrl: string | undefined): string[] =>
  publicUrl
    ? []
    : [
        '',
        '  The phone will warn once about the certificate, which this machine has made itself: go on to the page.',
      ]

const qr = (url: string): string => `\n${renderUnicodeCompact(url, { border: 2 }).replace(/^/gm, '  ')}`
