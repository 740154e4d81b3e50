import { type Ctx, workspaceOf } from '../../platform/context.ts'
import { may } from '../../platform/may.ts'
import { read } from '../../platform/tx.ts'
import * as credentials from './credential-store.ts'
import * as store from './store.ts'

export const listMembers = (ctx: Ctx): Promise<store.MemberRow[]> =>
  read(ctx, (tx) => {
    may(ctx, 'member.list')
    return store.listMembers(tx, workspaceOf(ctx))
  })

export const listInvites = (ctx: Ctx): Promise<store.InviteRow[]> =>
  read(ctx, (tx) => {
    may(ctx, 'invite.list')
    return store.listInvites(tx, workspaceOf(ctx), ctx.deps.clock.now())
  })

export const listKeys = (ctx: Ctx): Promise<credentials.KeyRow[]> =>
  read(ctx, (tx) => {
    may(ctx, 'key.list')
    return credentials.listKeys(tx, workspaceOf(ctx))
  })
