import { campaignTemplates } from '@chiron/core/campaign'
import { assert, sha256, uuidv7 } from '@chiron/core/kit'
import { starterOntology } from '@chiron/core/ontology'
import { type CampaignRow, createCampaign, listCampaigns } from '../features/campaign/index.ts'
import { takeFile } from '../features/media/index.ts'
import { createOntology, listOntologies } from '../features/ontology/index.ts'
import { changeCampaign, fund, publishCampaign } from '../features/pay/index.ts'
import { importEpisode } from '../features/submission/index.ts'
import { type Ctx, type Deps, workspaceOf } from '../platform/context.ts'
import { read } from '../platform/tx.ts'
import { DEMO_MONEY, demoFilm, demoJudge, SIMULATED_RIGHTS } from './demo-words.ts'
import { type SimulatedClip, simulateClips } from './simulate.ts'

const FUNDS_MINOR = 20_000
const FILM_QUOTA = 25

/**
 * Fills a demo workspace: clips simulated on this machine, a published campaign to film (with one of them as its
 * example) and one to judge outcomes of the clips and of what is filmed, funded with money that is said not to be
 * real. `ctx` is a manager's or the set-up's, in that workspace. May be called again: what is there stays.
 * `say` is told in words how far it has come.
 */
export async function seedDemoContent(
  deps: Deps,
  ctx: Ctx,
  say: (line: string) => void = () => {},
): Promise<{ filmCampaignId: string; judgeCampaignId: string }> {
  const clips = await simulateClips(deps.config.home, (doneCount, totalCount) =>
    say(`Simulating demo clips: ${doneCount} of ${totalCount}`),
  )
  const film = await campaignOnce(ctx, 'film-task', { ...demoFilm, quota: FILM_QUOTA, perWorkerMax: null })
  await fund(ctx, {
    id: idOf(film, 'funds'),
    amount: { amountMinor: FUNDS_MINOR, currency: 'USD' },
    reference: DEMO_MONEY,
  })
  const exampleMediaId = await exampleOf(ctx, film, clips)
  for (const clip of clips) await importClip(ctx, film, clip)
  const judge = await campaignOnce(ctx, 'judge-outcome', { ...demoJudge, sourceCampaignId: film.id })
  for (const { id, state } of [film, judge]) {
    if (state !== 'draft') continue
    await changeCampaign(ctx, id, { exampleMediaId })
    await publishCampaign(ctx, id)
  }
  say(`Demo content ready: ${clips.length} simulated clips, two open campaigns`)
  return { filmCampaignId: film.id, judgeCampaignId: judge.id }
}

type DraftFields = Partial<Parameters<typeof createCampaign>[1]>

/** The campaign of this title, made from a template unless it is there. */
async function campaignOnce(ctx: Ctx, templateId: string, fields: DraftFields): Promise<CampaignRow> {
  const known = await read(ctx, listCampaigns)
  const same = known.find(({ title }) => title.en === fields.title?.en)
  if (same) return same
  const template = campaignTemplates.find(({ id }) => id === templateId)
  assert(template !== undefined, `there is a template ${templateId}`)
  const ontology = await ontologyOnce(ctx)
  return createCampaign(ctx, { ...template.draft, ...ontology, ...fields })
}

async function ontologyOnce(ctx: Ctx): Promise<{ ontologyId: string; ontologyVersion: number }> {
  const [first] = await read(ctx, (tx) => listOntologies(tx, workspaceOf(ctx)))
  if (first) return { ontologyId: first.id, ontologyVersion: first.latestVersion }
  const { name, terms } = starterOntology
  const { ontologyId, version } = await createOntology(ctx, {
    name,
    terms: terms.map((term) => ({ ...term })),
  })
  return { ontologyId, ontologyVersion: version }
}

async function exampleOf(ctx: Ctx, film: CampaignRow, clips: readonly SimulatedClip[]): Promise<string> {
  const clip = clips.find(({ kind }) => kind === 'placed')
  assert(clip !== undefined, 'one of the runs succeeds')
  const uploadId = idOf(film, 'example')
  await takeFile(ctx, { file: clip.file, uploadId, purpose: 'brief', memberId: memberOf(ctx) })
  return uploadId
}

async function importClip(ctx: Ctx, film: CampaignRow, { name, file }: SimulatedClip): Promise<void> {
  const uploadId = idOf(film, `upload ${name}`)
  await takeFile(ctx, { file, uploadId, purpose: 'episode', memberId: memberOf(ctx) })
  await importEpisode(ctx, {
    id: idOf(film, `episode ${name}`),
    campaignId: film.id,
    uploadId,
    rights: SIMULATED_RIGHTS,
    origin: 'simulated',
    recordedAt: film.createdAt.toISOString(),
  })
}

const memberOf = ({ actor }: Ctx): string | null => (actor.kind === 'member' ? actor.id : null)

/** The same id each time for the same thing of a campaign, among those of its day. */
const idOf = ({ id, createdAt }: CampaignRow, what: string): string =>
  uuidv7(createdAt.getTime(), sha256(`${id} ${what}`).slice(0, 10))
