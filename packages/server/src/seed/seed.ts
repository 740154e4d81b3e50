import type { Term } from '@chiron/contract'
import type { WorkspaceId } from '@chiron/core/kit'
import { starterOntology } from '@chiron/core/ontology'
import { addMember, createWorkspace, findWorkspace, listTeam, markSeeded } from '../features/account/index.ts'
import { createOntology, listOntologies } from '../features/ontology/index.ts'
import { type Ctx, type Deps, systemCtx, workspaceOf } from '../platform/context.ts'
import { read } from '../platform/tx.ts'
import { seedDemoContent } from './demo-content.ts'

export const DEMO_SLUG = 'demo-lab'

const TEAM = [
  { name: 'Mona Manager', role: 'manager' },
  { name: 'Rita Reviewer', role: 'reviewer' },
  { name: 'Aldo Auditor', role: 'auditor' },
] as const

/**
 * The demo workspace, made once: its team, vocabulary, clips and campaigns; `say` is told how far it has come. Killed
 * half-way, the next start goes on where this one stopped.
 */
export async function seedDemo(deps: Deps, say: (line: string) => void): Promise<void> {
  const existing = await findWorkspace(deps, DEMO_SLUG)
  if (existing?.seeded) return
  const ctx = existing ? systemCtx(deps, 'setup', existing.id as WorkspaceId) : await makeWorkspace(deps)
  await seedTeam(ctx)
  await seedOntology(ctx)
  say('demo workspace made: its team and vocabulary')
  await seedDemoContent(deps, ctx, say)
  await markSeeded(ctx)
}

async function makeWorkspace(deps: Deps): Promise<Ctx> {
  const { ctx } = await createWorkspace(deps, {
    name: 'Demo lab',
    slug: DEMO_SLUG,
    demo: true,
    ownerName: 'Olga Owner',
  })
  return ctx
}

async function seedTeam(ctx: Ctx): Promise<void> {
  const team = await listTeam(ctx)
  for (const { name, role } of TEAM) {
    if (!team.some((member) => member.name === name)) await addMember(ctx, { name, role })
  }
}

async function seedOntology(ctx: Ctx): Promise<void> {
  const existing = await read(ctx, (tx) => listOntologies(tx, workspaceOf(ctx)))
  const { name, terms } = starterOntology
  if (existing.length === 0) await createOntology(ctx, { name, terms: terms as readonly Term[] })
}
