import { assert } from '../kit/index.ts'
import { includesSettings, type SuiteContent } from '../suite/index.ts'
import type { Brief, CampaignDraft } from './campaign-draft.ts'

/** Where a policy fails: at these levels of factors, perhaps for one reason. */
export type FailureCluster = {
  readonly settings: Readonly<Record<string, string>>
  readonly failureCount: number
}

/** What film campaigns of the workspace are like: terms, recording, flow. */
export type FilmDefaults = Omit<
  CampaignDraft,
  'title' | 'briefs' | 'quota' | 'sourceCampaignId' | 'exampleMediaId'
>

const TAKES_PER_FAILURE = 5
const QUOTA = { least: 20, most: 200 }
const MAX_INSTRUCTIONS = 4
const TITLE_LENGTH = 120
const LINE_LENGTH = 300

/** Said around the suite's own words; a suite's words in another language stand under English ones. */
const WORDS: Record<string, { setUp: string; phone: string; oneOf: string; avoid: string[] }> = {
  en: {
    setUp: 'Set up the place:',
    phone: 'Lean the phone on something so that it sees the table and both hands, then start filming.',
    oneOf: 'Do this with your hands:',
    avoid: [
      'No faces, no other people, nothing private in the picture.',
      'Do not move the phone while filming.',
    ],
  },
  ar: {
    setUp: 'هيّئ المكان:',
    phone: 'أسند الهاتف إلى شيء بحيث يرى الطاولة ويديك كلتيهما، ثم ابدأ التصوير.',
    oneOf: 'افعل هذا بيديك:',
    avoid: ['لا وجوه ولا أشخاص آخرون ولا أشياء خاصة في الصورة.', 'لا تحرّك الهاتف أثناء التصوير.'],
  },
}

/**
 * A film campaign, as a draft, that would collect the cases a policy fails in: the scenarios of those levels, set up as
 * they say, five takes for each failure within limits. Null where the suite has no such scenario.
 */
export function draftFromFailures(
  content: SuiteContent,
  { settings, failureCount }: FailureCluster,
  defaults: FilmDefaults,
): CampaignDraft | null {
  assert(defaults.kind === 'demonstrate', 'cases are collected by filming them')
  const scenarios = content.scenarios.filter((scenario) => includesSettings(scenario.settings, settings))
  if (scenarios.length === 0) return null
  const briefs: Record<string, Brief> = {}
  for (const locale of localesOf(scenarios[0]!.instruction)) {
    const said = (words: Readonly<Record<string, string>>) => words[locale] ?? Object.values(words)[0] ?? ''
    const around = WORDS[locale] ?? WORDS.en!
    const levels = Object.entries(settings).flatMap(([factorKey, levelKey]) => {
      const factor = content.factors.find(({ key }) => key === factorKey)
      const level = factor?.levels.find(({ key }) => key === levelKey)
      return factor && level ? `${said(factor.label)}: ${said(level.label)}` : []
    })
    const instructions = [...new Set(scenarios.map(({ instruction }) => said(instruction)))]
    const place = levels.join(' · ')
    briefs[locale] = {
      title: cut(place ? `${instructions[0]} (${place})` : instructions[0]!, TITLE_LENGTH),
      steps: [
        ...(place ? [cut(`${around.setUp} ${place}.`, LINE_LENGTH)] : []),
        around.phone,
        ...instructions.slice(0, MAX_INSTRUCTIONS).map((each) => cut(`${around.oneOf} ${each}`, LINE_LENGTH)),
      ],
      success: cut(said(content.criteria.success), 500),
      avoid: around.avoid,
    }
  }
  const title = Object.fromEntries(Object.entries(briefs).map(([locale, brief]) => [locale, brief.title]))
  const quota = Math.min(QUOTA.most, Math.max(QUOTA.least, TAKES_PER_FAILURE * failureCount))
  return { ...defaults, title, briefs, quota, exampleMediaId: null, sourceCampaignId: null }
}

const localesOf = (words: Readonly<Record<string, string>>): string[] => Object.keys(words).sort()
const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`
