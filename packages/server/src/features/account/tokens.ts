import { toBase64Url } from '@chiron/core/kit'
import type { Deps } from '../../platform/context.ts'

const TOKEN_BYTES = 32
export const DAY_MS = 86_400_000
export const SESSION_DAYS = 30
export const LINK_DAYS = 7

/** A secret that is handed out once; the database keeps its hash (`secretHash`). */
export const newToken = ({ clock }: Deps): string => toBase64Url(clock.randomBytes(TOKEN_BYTES))

export const inDays = ({ clock }: Deps, days: number): Date => new Date(clock.now().getTime() + days * DAY_MS)

/** Tokens travel behind the `#`, so that no server log, proxy or preview robot ever sees them. */
export const memberLinkUrl = (deps: Deps, token: string): string => `${deps.publicUrl}/console/in#${token}`
export const inviteUrl = (deps: Deps, code: string): string => `${deps.publicUrl}/join#${code}`
