import type { Appeal, Consent, payRoutes, Reply, Submission } from '@chiron/contract'
import { alter, goTo, joinHere, refuse, type Stage } from './stage.ts'

type Earnings = Reply<typeof payRoutes.earnings>
type Line = Earnings['lines']['items'][number]

const id = (at: number): string => `01938f00-0000-7000-8000-0000000000${10 + at}`
const AT = '2026-11-02T10:00:00Z'
const TITLE = { en: 'Put a cup on a plate', ar: 'ضع كوبًا على طبق' }
const TEAM = 'Demo Robotics'
const base = { campaignTitle: TITLE, workspaceName: TEAM, createdAt: AT }

const line = (at: number, what: Line['what'], amountMinor: number): Line => ({
  ...base,
  entryId: id(at),
  at: AT,
  what,
  amountMinor,
  currency: 'USD',
  campaignTitle: what === 'payout' ? null : TITLE,
  submissionId: what === 'payout' ? null : id(at + 30),
  recordId: null,
})
const EARNINGS: Earnings = {
  balances: [
    { currency: 'USD', availableMinor: 1_234_56, pendingMinor: 240, paidOutMinor: 98_000 },
    { currency: 'KES', availableMinor: 15_000, pendingMinor: 0, paidOutMinor: 0 },
  ],
  lines: {
    items: [
      line(1, 'pending', 120),
      line(2, 'accepted', 120),
      line(3, 'bonus', 50),
      line(4, 'payout', -98_000),
      line(5, 'void', -120),
      line(6, 'payout', 98_000),
    ],
    next: null,
  },
}
const CONSENTS: Consent['state'][] = ['given', 'withdrawn', 'refused']
const consents = CONSENTS.map((state, at) => ({
  ...base,
  id: id(at),
  campaignId: id(at + 10),
  state,
  noticeVersion: 1,
  givenAt: state === 'refused' ? null : AT,
  endedAt: state === 'withdrawn' ? AT : null,
  expiresAt: null,
  receiptHash: state === 'refused' ? null : '0'.repeat(64),
  episodeCount: state === 'given' ? 3 : 0,
}))
const episodes = (['arrived', 'checked', 'accepted', 'returned', 'refused', 'frozen', 'erased'] as const).map(
  (state, at) => ({
    ...base,
    id: id(at),
    campaignId: id(at + 10),
    submissionId: id(at + 20),
    state,
    durationMs: 12_300,
    bytes: 4_300_000,
  }),
)
const submissions = (
  ['checking', 'waiting', 'review', 'accepted', 'returned', 'rejected', 'frozen'] as const
).map(
  (state, at): Submission => ({
    ...base,
    id: id(at),
    campaignId: id(at + 10),
    taskId: id(at + 20),
    kind: at % 2 ? 'choose' : 'demonstrate',
    attempt: 1,
    state,
    decidedAt: AT,
    payMinor: 120,
    currency: 'USD',
    decidedBy: state === 'rejected' ? 'Mira (reviewer)' : null,
    reasons: state === 'rejected' ? [{ code: 'wrong-action', momentMs: null, hint: '' }] : [],
    judged: null,
    faults:
      state === 'returned'
        ? [{ code: 'too-dark', severity: 'fixable', fromMs: 0, toMs: 900, value: 0.1, limit: 0.2 }]
        : [],
    episodeId: null,
    appealUntil: null,
    appealState: null,
    recordId: null,
  }),
)
const appeals = (['open', 'upheld', 'dismissed'] as const).map(
  (state, at): Appeal => ({
    id: id(at),
    submissionId: id(at + 20),
    campaignTitle: TITLE,
    text: 'The lamp was on the whole time, one sees my hand and the cup.',
    state,
    createdAt: AT,
    dueAt: '2026-11-16T10:00:00Z',
    answer: state === 'open' ? null : 'We looked again: the cup can be seen all the time.',
  }),
)

/** A person who has been here a while: money of all sorts, yeses, recordings, decisions, appeals. */
export async function walkAccount(stage: Stage): Promise<void> {
  const { page, words, look, glimpse } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  await joinHere(stage)
  await alter(page, /\/api\/worker\/earnings/, () => EARNINGS)
  await goTo(stage, '/earnings', 'earnings.title')
  await page.locator('.line').first().waitFor()
  await look('earnings-full')
  await page.getByRole('link', { name: words('earnings.payout') }).click()
  await page.getByRole('dialog').waitFor()
  await look('payout')
  await page.getByLabel(words('payout.amount')).fill('99999')
  await look('payout-too-much')
  const payouts = /\/api\/worker\/payouts/
  await refuse(page, payouts, 409, 'not-enough-funds')
  await page.getByLabel(words('payout.amount')).fill('10')
  await button('payout.ask').click()
  await page.locator('.dialog .note').waitFor()
  await look('payout-trouble')
  await page.unroute(payouts)
  await page.route(payouts, (route) => route.fulfill({ status: 201, json: {} }))
  await button('payout.ask').click()
  await page.locator('.toast').waitFor()
  await glimpse('payout-asked')
  await page.unroute(payouts)
  await alter(page, /\/api\/worker\/consents/, () => ({ items: consents }))
  await goTo(stage, '/data', 'data.title')
  await page.locator('.card').first().waitFor()
  await look('data-full')
  await page
    .getByRole('link', { name: words('data.withdraw') })
    .first()
    .click()
  await page.getByRole('dialog').waitFor()
  await look('withdraw')
  const withdrawing = /\/api\/worker\/consents\/.*\/withdraw/
  await refuse(page, withdrawing, 500, 'server-fault')
  await button('data.withdrawNow').click()
  await page.locator('.dialog .note').waitFor()
  await look('withdraw-trouble')
  await page.unroute(withdrawing)
  await alter(page, /\/api\/worker\/episodes\?/, () => ({ items: episodes, next: null }))
  await goTo(stage, '/data/recordings', 'data.title')
  await page.locator('.recording').first().waitFor()
  await look('recordings-full')
  await alter(page, /\/api\/worker\/submissions\?/, () => ({ items: submissions, next: null }))
  await goTo(stage, '/data/decisions', 'data.title')
  await page.locator('.line').first().waitFor()
  await look('decisions-full')
  await alter(page, /\/api\/worker\/appeals/, () => ({ items: appeals }))
  await goTo(stage, '/help', 'help.title')
  await page.locator('.card').first().waitFor()
  for (const question of await page.locator('summary').all()) await question.click()
  await look('help-appeals')
  await goTo(stage, '/settings', 'settings.title')
  await button('settings.changePin').click()
  await button('settings.savePin').click()
  await page.getByText(words('join.pinWrong')).waitFor()
  await page.evaluate(() => {
    dispatchEvent(Object.assign(new Event('beforeinstallprompt'), { prompt: async () => undefined }))
  })
  await page.getByRole('radio').nth(8).focus()
  await look('settings-pin')
  await page.getByLabel(words('join.pin')).fill('135791')
  await button('settings.savePin').click()
  await page.getByText(words('settings.pinChanged')).waitFor()
  await glimpse('settings-pin-changed')
  await button('storage.keep').click()
  await page
    .getByText(words('storage.refused'))
    .or(page.getByText(words('storage.safe')))
    .waitFor()
  await look('settings-storage')
  await page.getByRole('link', { name: words('settings.joinTeam') }).click()
  await page.goBack()
  await page.locator('.hint').first().waitFor()
  await look('settings-install')
}
