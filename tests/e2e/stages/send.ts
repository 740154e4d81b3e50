import type { Submission } from '@chiron/contract'
import { film, toResult } from './film.ts'
import { accept, alter, FILM_TITLE, forgetKept, goTo, joinHere, refuse, type Stage } from './stage.ts'

const MOMENT = { momentMs: 1200, hint: '' }
const DECIDED = { decidedAt: '2026-11-02T10:00:00Z', decidedBy: 'Mira (reviewer)' }
const LATER = '2027-01-02T10:00:00Z'
const STATES: Record<string, Partial<Submission>> = {
  checking: { state: 'checking' },
  waiting: { state: 'waiting' },
  review: { state: 'review' },
  'counted-others': { state: 'waiting', kind: 'outcome', episodeId: null },
  counted: { state: 'accepted', kind: 'outcome', episodeId: null, ...DECIDED },
  'counted-pair': { state: 'accepted', kind: 'compare', episodeId: null, ...DECIDED },
  accepted: { state: 'accepted', judged: { answerCount: 3, probability: 0.97 }, ...DECIDED },
  returned: {
    state: 'returned',
    ...DECIDED,
    appealUntil: LATER,
    reasons: [{ code: 'hands-hidden', ...MOMENT, hint: 'The cup leaves the picture at the left.' }],
    faults: [
      { code: 'too-dark', severity: 'fixable', fromMs: 200, toMs: 1500, value: 0.1, limit: 0.2 },
      { code: 'shaking', severity: 'fixable', fromMs: 900, toMs: 1900, value: 3, limit: 1 },
    ],
  },
  rejected: {
    state: 'rejected',
    ...DECIDED,
    appealUntil: LATER,
    reasons: [{ code: 'wrong-action', momentMs: null, hint: '' }],
  },
  appealed: {
    state: 'rejected',
    ...DECIDED,
    appealUntil: LATER,
    appealState: 'open',
    reasons: [{ code: 'wrong-action', momentMs: null, hint: '' }],
  },
  frozen: { state: 'frozen' },
}

const APPEALS = /\/api\/worker\/appeals/

/** A recording on its way, and everything that may become of it. */
export async function walkSending(stage: Stage): Promise<void> {
  const { page, context, words, look, instance } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  await joinHere(stage)
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'save'))
  await accept(stage, FILM_TITLE)
  await page.locator('.film').waitFor()
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'full'))
  await page.reload()
  await film(stage, 4000)
  await toResult(stage)
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'save'))
  // The choice to wait is drawn with the screen.
  await button('pass.back').click()
  await toResult(stage)
  await button('take.later').click()
  await page.waitForURL(/\/sent\//)
  const id = page.url().split('/').at(-1)!
  await page.locator('.outbox').waitFor()
  await look('sent-held')
  await goTo(stage, '/unsent', 'outbox.label')
  await page.locator('.waiting').waitFor()
  await look('unsent-held')
  await goTo(stage, '/settings', 'settings.title')
  await button('settings.signOut').click()
  await page.getByRole('dialog').waitFor()
  await look('sign-out-unsent')
  await page.keyboard.press('Escape')
  const submit = /\/api\/worker\/submissions$/
  await page.route(submit, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 409, json: { code: 'lease-expired', message: '' } })
      : route.fallback(),
  )
  await goTo(stage, '/unsent', 'outbox.label')
  await page.locator('.outbox button').first().click()
  await page.getByText(words('outbox.refused')).waitFor({ timeout: 60_000 })
  await look('unsent-refused')
  await button('outbox.remove').click()
  await page.getByRole('dialog').waitFor()
  await look('unsent-delete')
  await button('outbox.keep').click()
  await page.goto(`${instance.url}/sent/${id}`)
  await page.locator('.sent-mark').waitFor()
  await look('sent-refused')
  await goTo(stage, '/unsent', 'outbox.label')
  await page.unroute(submit)
  await button('ui.action.retry').first().click()
  await page.getByText(words('outbox.allSent')).first().waitFor({ timeout: 60_000 })
  await look('unsent-all-gone')
  await walkStates(stage, id)
  await walkOwnClip(stage, id)
  await page.goto(instance.url)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  await page.getByText(words('notice.offline')).waitFor()
  await look('inbox-offline')
}

async function walkStates(stage: Stage, id: string): Promise<void> {
  const { page, words, look, instance } = stage
  const own = /\/api\/worker\/submissions(\?|\/[0-9a-f])/
  for (const [name, change] of Object.entries(STATES)) {
    await alter(page, own, (reply: Submission & { items?: Submission[] }) =>
      reply.items
        ? { ...reply, items: reply.items.map((item) => ({ ...item, ...change })) }
        : { ...reply, ...change },
    )
    await page.goto(`${instance.url}/sent/${id}`)
    await page.locator('.terms').waitFor()
    // What is kept from before is shown until the answer is there.
    await page.waitForTimeout(1000)
    await look(`sent-${name}`)
    await goTo(stage, `/work/${id}`, 'work.title')
    await page.locator('.terms').waitFor()
    await page.waitForTimeout(1000)
    await look(`work-${name}`)
    if (name === 'returned') {
      await goTo(stage, '/', 'inbox.title')
      await page.locator('.held-returned').waitFor()
      await look('inbox-returned')
      await goTo(stage, `/help/appeal/${id}`, 'appeal.title')
      await page.getByLabel(words('appeal.text')).fill('The lamp was on the whole time.')
      await look('appeal')
      await refuse(page, APPEALS, 429, 'too-many')
      await page.getByRole('button', { name: words('appeal.send') }).click()
      await page.locator('.note').waitFor()
      await look('appeal-trouble')
      await page.unroute(APPEALS)
    }
    await page.unroute(own)
  }
  await refuse(page, own, 404, 'not-found')
  await page.goto(`${instance.url}/work/${newNumber(id)}`)
  await page.locator('.note').waitFor({ timeout: 60_000 })
  await look('work-not-found')
  await page.unroute(own)
}

/** The recording as its maker sees it again, and as it cannot be seen; nothing more to do of its kind. */
async function walkOwnClip(stage: Stage, id: string): Promise<void> {
  const { page, words, look, glimpse, instance } = stage
  await goTo(stage, '/data/recordings', 'data.title')
  await page.locator('.recording').first().waitFor()
  await page.getByRole('link', { name: words('data.watch') }).click()
  await page.locator('.recording video').waitFor()
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
  await look('recording-playing')
  const own = /\/api\/worker\/submissions\/[0-9a-f]/
  const video = /\/video(\?|$)/
  await alter(page, own, (reply: Submission) => ({ ...reply, ...STATES.returned }))
  await page.route(video, (route) => route.abort())
  await goTo(stage, `/work/${id}`, 'work.title')
  await page.getByText(words('ui.player.error')).waitFor({ timeout: 60_000 })
  await look('work-clip-failed')
  await page.unroute(video)
  await page.unroute(own)
  await refuse(page, /\/api\/.*proof/, 409, 'not-ready')
  await goTo(stage, `/work/${id}`, 'work.title')
  const proof = page.getByRole('button', { name: words('data.proof') })
  await proof.click()
  await page.getByText(words('data.proofLater')).waitFor()
  await glimpse('work-proof-later')
  const offer = /\/api\/worker\/offers\//
  await alter(page, offer, (reply: object) => ({ ...reply, availableCount: 0 }))
  await page.evaluate(forgetKept)
  await page.goto(`${instance.url}/sent/${id}`)
  await page.locator('.terms').waitFor()
  await page.locator('.action-bar > .button-primary[href="/"]').waitFor()
  await look('sent-nothing-left')
  await page.unroute(offer)
}

const newNumber = (id: string): string => `${id.slice(0, -2)}${id.endsWith('00') ? '11' : '00'}`
