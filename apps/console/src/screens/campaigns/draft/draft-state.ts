import type { Brief, Campaign, CampaignDraft } from '@chiron/contract'
import { useEffect, useState } from 'preact/hooks'

export type DraftHandle = {
  draft: CampaignDraft
  set: (patch: Partial<CampaignDraft>) => void
  /** Some fields of the kind's own config; the others stay as they are by then. */
  setConfig: (patch: object) => void
  setTerms: (patch: Partial<CampaignDraft['terms']>) => void
  setFlow: (patch: Partial<CampaignDraft['flow']>) => void
  /** People accepted it: only what makes it better for them may still change (WR-8). */
  isFrozen: boolean
  /** As it was published, for what may only grow. */
  before: CampaignDraft
  /** Throws away what was kept in this tab. */
  forget: () => void
}

const keyOf = (keepAs: string) => `chiron-draft-${keepAs}`

/** A draft being written. A new one is kept in this tab, so that a reload loses nothing. */
export function useDraft(first: CampaignDraft, keepAs: string | undefined, campaign?: Campaign): DraftHandle {
  const [draft, setDraft] = useState<CampaignDraft>(() => kept(keepAs) ?? draftOf(first))
  const [before] = useState(() => draftOf(first))
  useEffect(() => {
    if (keepAs) sessionStorage.setItem(keyOf(keepAs), JSON.stringify(draft))
  }, [draft, keepAs])
  return {
    draft,
    set: (patch) => setDraft((now) => ({ ...now, ...patch })),
    setConfig: (patch) => setDraft((now) => ({ ...now, config: { ...now.config, ...patch } })),
    setTerms: (patch) => setDraft((now) => ({ ...now, terms: { ...now.terms, ...patch } })),
    setFlow: (patch) => setDraft((now) => ({ ...now, flow: { ...now.flow, ...patch } })),
    isFrozen: campaign !== undefined && campaign.state !== 'draft',
    before,
    forget: () => keepAs && sessionStorage.removeItem(keyOf(keepAs)),
  }
}

function kept(keepAs: string | undefined): CampaignDraft | undefined {
  if (!keepAs) return undefined
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(keepAs)) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

const FIELDS = [
  'kind',
  'title',
  'briefs',
  'exampleMediaId',
  'terms',
  'quota',
  'perWorkerMax',
  'leaseSeconds',
  'config',
  'flow',
  'goldRatio',
  'ontologyId',
  'ontologyVersion',
  'sourceCampaignId',
] as const satisfies readonly (keyof CampaignDraft)[]

/** A campaign's own fields, without state and counts. */
export function draftOf(from: CampaignDraft): CampaignDraft {
  return Object.fromEntries(FIELDS.map((field) => [field, from[field]])) as CampaignDraft
}

/** What is sent: lines that were left empty are not lines. */
export function cleaned(draft: CampaignDraft): CampaignDraft {
  const briefs = Object.entries(draft.briefs).map(([locale, brief]): [string, Brief] => [
    locale,
    {
      title: draft.title[locale]?.trim() || brief.title,
      success: brief.success.trim(),
      steps: lines(brief.steps),
      avoid: lines(brief.avoid),
    },
  ])
  return { ...draft, briefs: Object.fromEntries(briefs) }
}

const lines = (texts: readonly string[]): string[] => texts.map((text) => text.trim()).filter(Boolean)

/** Only the fields that differ: what a published campaign is asked to change. */
export function changedFields(before: CampaignDraft, after: CampaignDraft): Partial<CampaignDraft> {
  const changed = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
  return Object.fromEntries(changed.map((field) => [field, after[field]]))
}

/** Why it cannot even be kept as a draft; null when it can. */
export function unsavable(draft: CampaignDraft): 'title' | null {
  return Object.keys(draft.briefs).every((locale) => draft.title[locale]?.trim()) ? null : 'title'
}
