import type { ApiKey, Invite, Member } from '@chiron/contract'
import type { KeyRow } from './credential-store.ts'
import type { InviteRow, MemberRow } from './store.ts'

const instantOrNull = (at: Date | null): string | null => at?.toISOString() ?? null

export const wireMember = (row: MemberRow): Member => ({
  id: row.id,
  name: row.name,
  role: row.role as Member['role'],
  createdAt: row.created_at.toISOString(),
  lastSeenAt: instantOrNull(row.last_seen_at),
})

export const wireInvite = (row: InviteRow, made?: { code: string; url: string }): Invite => ({
  id: row.id,
  code: made?.code ?? null,
  url: made?.url ?? null,
  label: row.label,
  usesLeft: row.uses_left,
  usedCount: row.used_count,
  expiresAt: row.expires_at.toISOString(),
})

export const wireKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  name: row.name,
  role: row.role as ApiKey['role'],
  createdAt: row.created_at.toISOString(),
  lastUsedAt: instantOrNull(row.last_used_at),
  revokedAt: instantOrNull(row.revoked_at),
})
