import { flowRuleSchema } from '../flow/index.ts'
import { goldRatioSchema, MAX_GOLD_RATIO } from '../gold/index.ts'
import { isQuestion, kinds, mixesGold } from '../kinds/index.ts'
import { compareStrings, sortBy } from '../kit/index.ts'
import { currencySchema } from '../pay/index.ts'
import type { Brief, CampaignDraft, Localized } from './campaign-draft.ts'
import { MAX_PAY_MINOR, MAX_RETENTION_DAYS, MIN_ESTIMATE_SECONDS } from './campaign-draft.ts'

/** Something that keeps a campaign from publishing: a stable code, the field, and why in plain words. */
export type CampaignFault = { readonly code: string; readonly field: string; readonly why: string }

/**
 * Everything that keeps a campaign from publishing (WR-1), sorted by field; empty: it may publish.
 * `termIds`: the terms of its ontology version, when at hand, to check the labels that accept.
 */
export function publishFaults(draft: CampaignDraft, termIds?: ReadonlySet<string>): CampaignFault[] {
  const faults = [
    ...briefFaults(draft),
    ...termsFaults(draft),
    ...wordFaults(draft),
    ...flowFaults(draft),
    ...goldFaults(draft),
    ...labelFaults(draft, termIds),
    ...configFaults(draft),
  ]
  return sortBy(
    faults,
    (fault) => fault.field,
    (fault) => fault.code,
  )
}

function fault(code: string, field: string, why: string): CampaignFault {
  return { code, field, why }
}

function briefFaults(draft: CampaignDraft): CampaignFault[] {
  const faults = locales(draft.briefs).flatMap((locale) => {
    const lacks = briefLacks(draft.briefs[locale])
    if (lacks.length === 0) return []
    const why = `The brief in “${locale}” still lacks ${lacks.join(', ')}.`
    return [fault('brief-incomplete', `briefs.${locale}`, why)]
  })
  if (locales(draft.briefs).length === 0) {
    faults.push(fault('brief-missing', 'briefs', 'Write the brief in at least one language.'))
  }
  if (!draft.exampleMediaId) {
    const why = 'Add a picture or a clip of what success looks like: people understand it before any word.'
    faults.push(fault('example-missing', 'exampleMediaId', why))
  }
  return faults
}

function briefLacks(brief: Brief | undefined): string[] {
  if (!brief) return ['everything']
  const lacks: string[] = []
  if (isBlank(brief.title)) lacks.push('a title')
  if (!brief.steps.some((step) => !isBlank(step))) lacks.push('what to do, step by step')
  if (isBlank(brief.success)) lacks.push('what success looks like')
  return lacks
}

function termsFaults({ terms, leaseSeconds }: CampaignDraft): CampaignFault[] {
  const faults: CampaignFault[] = []
  const add = (code: string, field: string, why: string) => faults.push(fault(code, `terms.${field}`, why))
  if (!terms.payMinor || terms.payMinor < 0) add('pay-missing', 'payMinor', 'Say what one unit of work pays.')
  else if (terms.payMinor > MAX_PAY_MINOR) add('pay-too-large', 'payMinor', 'This pay is above the limit.')
  if (!currencySchema.safeParse(terms.currency).success) {
    add('currency-missing', 'currency', 'Choose the currency people are paid in.')
  }
  if (!terms.estimateSeconds || terms.estimateSeconds < MIN_ESTIMATE_SECONDS) {
    add('estimate-missing', 'estimateSeconds', 'Say how long one unit takes, best from a paid pilot.')
  } else if (leaseSeconds < terms.estimateSeconds) {
    const why =
      'People would lose the task before they could finish it: give them at least the estimated time.'
    faults.push(fault('lease-too-short', 'leaseSeconds', why))
  }
  if (!terms.retentionDays || terms.retentionDays < 1) {
    add('retention-missing', 'retentionDays', 'Say after how many days the recordings are deleted.')
  } else if (terms.retentionDays > MAX_RETENTION_DAYS) {
    add('retention-too-long', 'retentionDays', `Recordings are kept ${MAX_RETENTION_DAYS} days at most.`)
  }
  return faults
}

/** Purpose, recipients and title, in every language that has a brief: who reads one must read the others. */
function wordFaults(draft: CampaignDraft): CampaignFault[] {
  const faults: CampaignFault[] = []
  const needed: [string, string, Localized, string][] = [
    ['purpose', 'terms.purpose', draft.terms.purpose, 'what the data is for'],
    ['recipients', 'terms.recipients', draft.terms.recipients, 'who receives the data'],
    ['title', 'title', draft.title, 'the title of the campaign'],
  ]
  for (const [name, field, words, what] of needed) {
    if (Object.values(words).every(isBlank)) {
      faults.push(fault(`${name}-missing`, field, `Say ${what}.`))
      continue
    }
    for (const locale of locales(draft.briefs)) {
      if (!isBlank(words[locale])) continue
      const why = `There is a brief in “${locale}”: say ${what} in that language too.`
      faults.push(fault(`${name}-untranslated`, `${field}.${locale}`, why))
    }
  }
  return faults
}

function flowFaults({ kind, flow, quota }: CampaignDraft): CampaignFault[] {
  const faults: CampaignFault[] = []
  const parsed = flowRuleSchema.safeParse(flow)
  for (const issue of parsed.error?.issues ?? []) {
    faults.push(fault('flow-invalid', ['flow', ...issue.path].join('.'), `The flow ${issue.message}.`))
  }
  if (kind === 'demonstrate' && flow.checks !== 'required') {
    faults.push(fault('checks-missing', 'flow.checks', 'Recordings are always checked at arrival.'))
  }
  if (isQuestion(kind) && flow.answers === null) {
    faults.push(fault('answers-missing', 'flow.answers', 'Say how many answers each question needs.'))
  }
  if (kind === 'compare' && (flow.answers?.min !== 1 || flow.answers.max !== 1)) {
    const why = 'Each pair of rollouts is judged once: more people see more pairs instead.'
    faults.push(fault('answers-unfit', 'flow.answers', why))
  }
  if (kind === 'rate' && (flow.answers === null || flow.answers.min !== flow.answers.max)) {
    const why = 'Every rollout is rated by the same number of people: say how many.'
    faults.push(fault('answers-unfit', 'flow.answers', why))
  }
  if (kind === 'keypoints' && flow.answers !== null && flow.answers.min < 2) {
    const why =
      'Each clip is corrected by two people at least: from one alone nobody sees how far off a point may be.'
    faults.push(fault('answers-unfit', 'flow.answers', why))
  }
  if (kind !== 'demonstrate' && flow.checks !== 'none') {
    faults.push(fault('checks-unfit', 'flow.checks', 'A question has no recording to check.'))
  }
  if (!(quota >= 1)) faults.push(fault('quota-missing', 'quota', 'Say how many you want.'))
  return faults
}

function goldFaults({ kind, goldRatio }: CampaignDraft): CampaignFault[] {
  if (!mixesGold(kind) || goldRatioSchema.safeParse(goldRatio).success) return []
  const most = Math.round(MAX_GOLD_RATIO * 100)
  return [
    fault('gold-invalid', 'goldRatio', `Say which share of answers is gold: from 0 to ${most} percent.`),
  ]
}

function labelFaults({ flow }: CampaignDraft, termIds: ReadonlySet<string> | undefined): CampaignFault[] {
  const unknown = flow.acceptLabels.filter((label) => termIds && !termIds.has(label)).sort(compareStrings)
  return unknown.map((label) => {
    const why = `“${label}” is not a term of this campaign’s ontology, so no answer could ever accept.`
    return fault('label-unknown', 'flow.acceptLabels', why)
  })
}

function configFaults({ kind, config }: CampaignDraft): CampaignFault[] {
  return kinds[kind].configFaults(config).map(({ code, field, why }) => {
    return fault(code, field === '' ? 'config' : `config.${field}`, why)
  })
}

function locales(words: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(words).sort(compareStrings)
}

function isBlank(text: string | null | undefined): boolean {
  return !text || text.trim() === ''
}
