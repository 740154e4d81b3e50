import { campaignTemplates } from '@chiron/core/campaign'
import type { Page } from 'playwright-core'
import type { MemberRole } from '../instance.ts'
import type { Filled } from './console-workspace.ts'

/** A screen, with what makes it what it is: whose it is, what is pressed, what has to be there. */
export type Place = {
  name: string
  where: string
  /** A newcomer owns a workspace in which nothing has happened; nobody is not signed in. */
  as?: MemberRole | 'newcomer' | 'nobody'
  /** Nothing is to be looked at before this is there. */
  ready?: string
  act?: (page: Page, words: Words) => Promise<void>
  /** Much like another one: looked at for pictures alone. */
  isLike?: true
  /** Requests that are not answered, so that one sees what waits for them. */
  holds?: RegExp
  /** Requests that are cut off. */
  cuts?: RegExp
}

export type Words = (key: string) => string

const UNKNOWN = '01938f00-0000-7000-8000-000000000000'
/** Well-formed, and never given out. */
const UNUSED_TOKEN = 'no-link-has-this-token-in-it'

const press =
  (key: string) =>
  async (page: Page, words: Words): Promise<void> => {
    await page
      .getByRole('button', { name: words(key) })
      .first()
      .click()
    await page.getByRole('dialog').waitFor()
  }

/** Fills in the first field of the dialog that one button opens, and presses another in it: what it makes is shown once. */
const made =
  (opens: string, makes: string) =>
  async (page: Page, words: Words): Promise<void> => {
    await press(opens)(page, words)
    const dialog = page.getByRole('dialog')
    await dialog.locator('input').first().fill('Evaluation')
    await dialog.getByRole('button', { name: words(makes) }).click()
    await dialog.getByRole('textbox').or(dialog.locator('.copy-text')).first().waitFor()
  }

const madeInvite = async (page: Page, words: Words): Promise<void> => {
  await page
    .getByRole('dialog')
    .getByRole('button', { name: words('invite.make') })
    .click()
  await page.locator('.invite-made').waitFor()
}

const keys =
  (...pressed: string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of pressed) await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
  }

/** What is seen while nothing has come yet: the screen, and what it waits for. */
const HELD = [
  ['start', '/campaigns', /\/api\/me$/],
  ['campaigns', '/campaigns', /\/api\/campaigns$/],
  ['campaign', `/campaigns/${UNKNOWN}`, /\/api\/campaigns\/./],
  ['judgement', `/campaigns/${UNKNOWN}/judgement`, /\/api\/.*judgement/],
  ['episodes', '/episodes', /\/api\/episodes\b/],
  ['episode', `/episodes/${UNKNOWN}`, /\/api\/episodes\/./],
  ['review', '/review', /\/api\/reviews/],
  ['review-item', `/review/${UNKNOWN}`, /\/api\/reviews/],
  ['suites', '/evaluate', /\/api\/suites/],
  ['policies', '/evaluate?tab=policies', /\/api\/policies/],
  ['rollouts', '/evaluate?tab=rollouts', /\/api\/rollouts/],
  ['drift', '/evaluate?tab=drift', /\/api\/drift/],
  ['rollout', `/evaluate/rollouts/${UNKNOWN}`, /\/api\/rollouts\/./],
  ['datasets', '/datasets', /\/api\/releases/],
  ['people', '/people', /\/api\/people/],
  ['pay', '/pay', /\/api\/pay/],
  ['log', '/log', /\/api\/log/],
  ['team', '/settings', /\/api\/members/],
  ['ontology', '/settings?tab=ontology', /\/api\/ontologies/],
] as const

/** Before anything has happened. */
const EMPTY = [
  ['campaigns', '/campaigns'],
  ['evaluate', '/evaluate'],
  ['people', '/people'],
  ['datasets', '/datasets'],
  ['campaigns-new', '/campaigns/new/film-task'],
  ['episodes', '/episodes'],
  ['review', '/review'],
  ['policies', '/evaluate?tab=policies'],
  ['rollouts', '/evaluate?tab=rollouts'],
  ['drift', '/evaluate?tab=drift'],
  ['suite-new', '/evaluate?new=1'],
  ['invites', '/people?tab=invites'],
  ['pay', '/pay'],
  ['pay-ledger', '/pay?tab=ledger'],
  ['log', '/log'],
  ['team', '/settings'],
  ['keys', '/settings?tab=keys'],
  ['ontology', '/settings?tab=ontology'],
] as const

/** Every screen of the console, and what opens on it. */
export function placesOf({ lab, arena, takes, judging, ids }: Filled): Place[] {
  const suite = (tab: string) => `/evaluate/suites/${arena.suiteId}?v=1&tab=${tab}`
  const clip = 'video[data-presented-frame]'
  return [
    { name: 'campaigns', where: '/campaigns' },
    { name: 'campaigns-new', where: '/campaigns/new', isLike: true },
    ...campaignTemplates.map(({ id }) => ({
      name: `form-${id}`,
      where: `/campaigns/new/${id}`,
      ...(id === 'film-task' || id === 'rate-rollouts' ? {} : { isLike: true as const }),
    })),
    { name: 'form-compare-filled', where: `/campaigns/${ids.comparing}/edit` },
    { name: 'form-frozen', where: `/campaigns/${lab.filming.id}/edit`, isLike: true },
    { name: 'draft', where: `/campaigns/${ids.draft}`, isLike: true },
    { name: 'campaign-filming', where: `/campaigns/${lab.filming.id}` },
    { name: 'campaign-asking', where: `/campaigns/${ids.asking}`, isLike: true },
    { name: 'campaign-comparing', where: `/campaigns/${ids.comparing}` },
    { name: 'campaign-read-only', where: `/campaigns/${lab.filming.id}`, as: 'auditor', isLike: true },
    { name: 'campaign-close', where: `/campaigns/${ids.asking}`, act: press('campaign.close') },
    { name: 'judgement', where: `/campaigns/${ids.asking}/judgement` },
    { name: 'judgement-known', where: `/campaigns/${ids.asking}/judgement?show=known`, isLike: true },
    { name: 'episodes', where: '/episodes' },
    { name: 'episode', where: `/episodes/${ids.episode}`, ready: clip },
    { name: 'review', where: `/review/${ids.review}`, ready: clip },
    { name: 'review-take', where: `/review/${ids.take}`, ready: clip, isLike: true },
    { name: 'review-read-only', where: `/review/${ids.review}`, as: 'auditor', ready: clip, isLike: true },
    { name: 'episode-rich', where: `/episodes/${takes.rich}`, ready: clip },
    { name: 'episode-frozen', where: `/episodes/${takes.frozen}`, isLike: true },
    ...(takes.faced === undefined
      ? []
      : [
          { name: 'episode-faced', where: `/episodes/${takes.faced}`, ready: clip, isLike: true as const },
          {
            name: 'episode-faced-hidden',
            where: `/episodes/${takes.faced}`,
            as: 'reviewer' as const,
            isLike: true as const,
          },
        ]),
    { name: 'review-fault', where: `/review/${takes.faultReview}`, ready: clip, isLike: true },
    {
      name: 'review-appeal',
      where: `/review/${takes.appealReview}`,
      as: 'reviewer',
      ready: clip,
      isLike: true,
    },
    {
      name: 'review-send-back',
      where: `/review/${ids.take}`,
      ready: clip,
      act: async (page) => {
        await page.keyboard.press('r')
        await page.locator('.decision form').waitFor()
      },
    },
    { name: 'review-done', where: '/review?state=done', isLike: true },
    { name: 'review-none', where: `/review?why=fault&campaignId=${ids.asking}`, isLike: true },
    { name: 'review-rollout', where: `/review/${judging.disputed}`, ready: clip, isLike: true },
    { name: 'campaign-judging', where: `/campaigns/${judging.judging}`, isLike: true },
    { name: 'campaign-rating', where: `/campaigns/${judging.rating}`, isLike: true },
    { name: 'campaign-paused', where: `/campaigns/${takes.paused}`, isLike: true },
    { name: 'judgement-none', where: `/campaigns/${judging.rating}/judgement`, isLike: true },
    {
      name: 'form-left-behind',
      where: '/campaigns/new/film-task',
      act: async (page) => {
        await page.locator('#draft-words input').first().fill('Put a cup away')
        await page.locator('#draft-words .note').waitFor()
      },
      isLike: true,
    },
    {
      name: 'form-short',
      where: '/campaigns/new/film-task',
      act: async (page) => {
        await page.locator('#draft-pay input').nth(2).fill('90000')
        await page.locator('.sums-missing').waitFor()
        await page.locator('.escrow button').click()
      },
      isLike: true,
    },
    { name: 'campaign-correcting', where: `/campaigns/${takes.correcting}`, isLike: true },
    { name: 'form-correcting', where: `/campaigns/${takes.correcting}/edit`, isLike: true },
    {
      name: 'campaign-invite',
      where: `/campaigns/${lab.filming.id}`,
      act: async (page, words) => {
        await page.getByRole('button', { name: words('invite.make') }).click()
        await page.locator('.invite-made').waitFor()
      },
      isLike: true,
    },
    { name: 'evaluate', where: '/evaluate' },
    { name: 'suite-new', where: '/evaluate?new=1', isLike: true },
    { name: 'policies', where: '/evaluate?tab=policies', isLike: true },
    { name: 'policy', where: `/evaluate/policies/${arena.policyId}` },
    { name: 'rollouts', where: '/evaluate?tab=rollouts' },
    {
      name: 'rollouts-filtered',
      where: `/evaluate?tab=rollouts&suiteId=${arena.suiteId}&outcome=failure`,
      isLike: true,
    },
    { name: 'drift', where: '/evaluate?tab=drift' },
    { name: 'rollout-filmed', where: `/evaluate/rollouts/${arena.filmed}`, ready: clip },
    { name: 'rollout-felt', where: `/evaluate/rollouts/${arena.felt}`, ready: '.lane-series' },
    { name: 'rollout-told', where: `/evaluate/rollouts/${arena.told}`, isLike: true },
    { name: 'rollout-erase', where: `/evaluate/rollouts/${arena.felt}`, act: press('rollout.erase') },
    { name: 'suite', where: `/evaluate/suites/${arena.suiteId}?v=1` },
    { name: 'suite-draft', where: `/evaluate/suites/${arena.suiteId}` },
    {
      name: 'suite-freeze',
      where: `/evaluate/suites/${arena.suiteId}`,
      act: press('suite.freeze'),
      isLike: true,
    },
    { name: 'suite-edit', where: `/evaluate/suites/${arena.suiteId}`, act: press('suite.edit') },
    ...['coverage', 'criteria', 'leaderboard', 'validity', 'next', 'signature'].map((tab) => ({
      name: `suite-${tab}`,
      where: suite(tab),
    })),
    { name: 'suite-begun', where: `/evaluate/suites/${ids.begun}`, isLike: true },
    { name: 'suite-begun-coverage', where: `/evaluate/suites/${ids.begun}?tab=coverage`, isLike: true },
    { name: 'suite-begun-signature', where: `/evaluate/suites/${ids.begun}?tab=signature`, isLike: true },
    {
      name: 'suite-edit-wrong',
      where: `/evaluate/suites/${arena.suiteId}`,
      act: async (page, words) => {
        await press('suite.edit')(page, words)
        await page.getByRole('dialog').locator('textarea').fill('{ "factors": 3 }')
      },
      isLike: true,
    },
    { name: 'suite-diff', where: `/evaluate/suites/${arena.suiteId}?v=2&tab=versions` },
    { name: 'board-examples', where: suite('leaderboard'), act: press('example.show') },
    { name: 'board-level', where: `${suite('leaderboard')}&level=light.backlit`, isLike: true },
    { name: 'trust', where: `/evaluate/suites/${ids.trust}?v=1&tab=trust`, ready: '.slope' },
    {
      name: 'board-draft',
      where: suite('leaderboard'),
      act: async (page, words) => {
        await page
          .getByRole('button', { name: words('failures.draft') })
          .first()
          .click()
        await page.locator('.draft-form').waitFor()
      },
      isLike: true,
    },
    { name: 'trust-none', where: suite('trust'), isLike: true },
    { name: 'datasets', where: '/datasets' },
    { name: 'dataset-new', where: '/datasets?new=1' },
    { name: 'dataset', where: `/datasets/${ids.release}` },
    { name: 'dataset-files', where: `/datasets/${ids.release}?tab=files` },
    { name: 'dataset-excluded', where: `/datasets/${ids.release}?tab=excluded`, isLike: true },
    { name: 'dataset-recalled', where: `/datasets/${takes.recalled}?tab=recalls`, isLike: true },
    { name: 'people', where: '/people' },
    { name: 'people-read-only', where: '/people', as: 'reviewer', isLike: true },
    { name: 'invites', where: '/people?tab=invites', isLike: true },
    { name: 'invite', where: '/people?new=1' },
    { name: 'invite-made', where: '/people?new=1', act: madeInvite, isLike: true },
    { name: 'pay', where: '/pay' },
    { name: 'pay-ledger', where: '/pay?tab=ledger' },
    { name: 'pay-fund', where: '/pay?fund=1' },
    {
      name: 'pay-entry',
      where: '/pay?tab=ledger',
      act: async (page) => {
        await page.locator('tbody tr[data-row]').first().click()
        await page.getByRole('dialog').waitFor()
      },
      isLike: true,
    },
    { name: 'pay-settle', where: '/pay', act: press('pay.markPaid'), isLike: true },
    { name: 'pay-not-yours', where: '/pay', as: 'reviewer', isLike: true },
    { name: 'log', where: '/log' },
    {
      name: 'log-record',
      where: '/log',
      act: async (page) => {
        await page.locator('tbody tr[data-row]').nth(3).click()
        await page.getByRole('dialog').waitFor()
      },
    },
    {
      name: 'log-verified',
      where: '/log',
      act: async (page, words) => {
        await page.getByRole('button', { name: words('log.verify') }).click()
        await page.locator('.log-status .verified').waitFor()
      },
      isLike: true,
    },
    { name: 'team', where: '/settings', as: 'owner' },
    { name: 'team-add', where: '/settings', as: 'owner', act: press('team.add') },
    { name: 'team-link', where: '/settings', as: 'owner', act: press('team.link'), isLike: true },
    {
      name: 'team-remove',
      where: '/settings',
      as: 'owner',
      act: async (page) => {
        await page.locator('.cell-acts button.button-icon').first().click()
        await page.getByRole('dialog').waitFor()
      },
      isLike: true,
    },
    { name: 'team-read-only', where: '/settings', as: 'auditor', isLike: true },
    { name: 'keys', where: '/settings?tab=keys', as: 'owner' },
    { name: 'key-new', where: '/settings?tab=keys', as: 'owner', act: press('keys.new'), isLike: true },
    {
      name: 'key-made',
      where: '/settings?tab=keys',
      as: 'owner',
      act: made('keys.new', 'keys.make'),
      isLike: true,
    },
    {
      name: 'key-revoke',
      where: '/settings?tab=keys',
      as: 'owner',
      act: press('keys.revoke'),
      isLike: true,
    },
    { name: 'ontology', where: '/settings?tab=ontology' },
    {
      name: 'ontology-edit',
      where: '/settings?tab=ontology',
      act: (page, words) => page.getByRole('button', { name: words('ontology.newVersion') }).click(),
    },
    { name: 'you', where: '/settings?tab=you' },
    { name: 'nowhere', where: '/nowhere' },
    { name: 'sign-in', where: '/sign-in', as: 'nobody' },
    { name: 'link-used', where: `/in#${UNUSED_TOKEN}`, as: 'nobody' },
    { name: 'link-cut', where: '/in?cut#cut', as: 'nobody', isLike: true },
    {
      name: 'link-going',
      where: `/in#${UNUSED_TOKEN}`,
      as: 'nobody',
      holds: /\/sign-in\/link/,
      ready: '.outside .skeleton',
      isLike: true,
    },
    ...HELD.map(
      ([name, where, holds]): Place => ({
        name: `held-${name}`,
        where,
        holds,
        // The screen itself, not what stands while its code comes.
        ready: name === 'start' ? '.outside .skeleton' : '.shell-main:has(h1) .skeleton',
        isLike: true,
      }),
    ),
    { name: 'stale', where: '/campaigns', cuts: /\/api\/events/, ready: '.stale-note' },
    { name: 'cut-start', where: '/campaigns', cuts: /\/api\/me$/, ready: '.note', isLike: true },
    {
      name: 'cut-campaigns',
      where: '/campaigns',
      cuts: /\/api\/campaigns$/,
      ready: '.note',
      isLike: true,
    },
    { name: 'cut-review', where: '/review', cuts: /\/api\/reviews/, ready: '.note', isLike: true },
    { name: 'campaign-unknown', where: `/campaigns/${UNKNOWN}` },
    { name: 'suite-unknown', where: `/evaluate/suites/${UNKNOWN}`, isLike: true },
    { name: 'episode-unknown', where: `/episodes/${UNKNOWN}`, isLike: true },
    ...EMPTY.map(
      ([name, where], at): Place => ({
        name: `empty-${name}`,
        where,
        as: 'newcomer',
        ...(at < 4 ? {} : { isLike: true }),
      }),
    ),
    { name: 'palette', where: '/campaigns', act: keys('Control+k') },
    { name: 'key-help', where: `/review/${ids.review}`, ready: clip, act: keys('?') },
    {
      name: 'replay',
      where: `/evaluate/rollouts/${ids.robot}`,
      act: async (page, words) => {
        await page.getByRole('button', { name: words('replay.open') }).click()
        await page.locator('canvas[data-shown-ms]').waitFor({ timeout: 120_000 })
      },
    },
  ]
}
