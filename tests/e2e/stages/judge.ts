import { OUTCOME_TITLE, RATE_TITLE } from '../judging-lab.ts'
import { PAIR_TITLE } from '../pair-lab.ts'
import { accept, alter, joinHere, refuse, type Stage, whileHanging } from './stage.ts'

/** Into a question about somebody's recording, of which there are several. */
async function acceptQuestion({ page, words, instance }: Stage): Promise<void> {
  await page.goto(instance.url)
  await page
    .locator('a.offer')
    .filter({ hasText: words('offer.kind.choose') })
    .filter({ hasNotText: OUTCOME_TITLE })
    .filter({ hasNotText: RATE_TITLE })
    .first()
    .click()
  // The next of them may have come by itself after an answer.
  const goOn = page.getByRole('link', { name: words('inbox.goOn') })
  await page
    .getByRole('button', { name: words('brief.accept') })
    .or(goOn)
    .click()
}

/** The questions about clips, asked and answered; without a link, in another tab, too late. */
export async function walkJudging(stage: Stage): Promise<void> {
  const { page, context, words, look } = stage
  const clips = () =>
    page.waitForFunction(() =>
      [...document.querySelectorAll('video')].every(({ readyState }) => readyState >= 2),
    )
  await joinHere(stage)
  await accept(stage, PAIR_TITLE)
  await page.locator('.player-pair').waitFor()
  await clips()
  await look('compare')
  await page.getByText(words('ui.compare.left')).click()
  await page.getByRole('checkbox').first().check({ force: true })
  await page.getByRole('slider').last().focus()
  await page.keyboard.press('ArrowRight')
  await look('compare-answered')

  await accept(stage, OUTCOME_TITLE)
  await page.getByRole('radiogroup').first().waitFor()
  await clips()
  await look('outcome')
  await page.getByRole('radio').nth(2).check({ force: true })
  await page.getByRole('radiogroup').nth(1).getByRole('radio').first().check({ force: true })
  await page.locator('.moment button').first().click()
  await page.locator('.ask-note summary').click()
  await look('outcome-answered')

  await accept(stage, RATE_TITLE)
  await page.getByRole('radiogroup').first().waitFor()
  await clips()
  await look('rate')
  await page.getByRole('radiogroup').first().getByRole('radio').nth(3).check({ force: true })
  await page.getByRole('radiogroup').nth(1).getByRole('radio').last().check({ force: true })
  await look('rate-answered')

  await acceptQuestion(stage)
  await page.getByRole('radiogroup').first().waitFor()
  await clips()
  await page.getByRole('radio').first().check({ force: true })
  await look('choose-answered')
  const question = page.url()
  const other = await context.newPage()
  await other.goto(question)
  await other.getByText(words('elsewhere.title')).waitFor()
  await other.close()
  const second = await context.newPage()
  await second.goto(question)
  await second.getByRole('button', { name: words('elsewhere.here') }).click()
  await page.getByText(words('elsewhere.title')).waitFor()
  await look('elsewhere')
  await second.close()
  await page.getByRole('button', { name: words('elsewhere.here') }).click()
  await page.getByRole('radiogroup').first().waitFor()
  await context.setOffline(true)
  await page.getByRole('button', { name: words('ui.choose.send') }).click()
  await page.getByText(words('do.savedTitle')).waitFor()
  await look('answer-saved')
  await page.locator('.outbox-more').click()
  await page.locator('.waiting').waitFor()
  await look('unsent-offline')
  await page.goBack()
  await context.setOffline(false)
  const lease = /\/api\/worker\/leases\/[0-9a-f-]+$/
  const forget = () =>
    page.evaluate(() => {
      for (const key of Object.keys(localStorage)) if (!/language/.test(key)) localStorage.removeItem(key)
    })
  await refuse(page, lease, 409, 'lease-expired')
  await forget()
  await page.goto(question)
  await page.getByText(words('over.title')).waitFor({ timeout: 60_000 })
  await look('lease-over')
  await page.unroute(lease)
  await refuse(page, lease, 409, 'lease-elsewhere')
  await page.goto(question)
  await page.getByText(words('over.answered')).waitFor({ timeout: 60_000 })
  await look('lease-answered')
  await page.unroute(lease)
  await refuse(page, lease, 500, 'server-fault')
  await page.goto(question)
  await page.locator('.note').waitFor({ timeout: 60_000 })
  await look('task-trouble')
  await page.unroute(lease)
  await whileHanging(page, lease, async () => {
    await page.goto(question)
    await page.locator('.skeleton').first().waitFor()
    await look('task-loading')
  })
  await walkLateAnswer(stage)
}

/** A clip that cannot be shown; an answer that was begun before its time ran out; the wait for the next clip. */
async function walkLateAnswer(stage: Stage): Promise<void> {
  const { page, words, look, glimpse } = stage
  const lease = /\/api\/worker\/leases\/[0-9a-f-]+(\/extend)?$/
  const clips = /\/video(\?|$)/
  await page.route(clips, (route) => route.abort())
  await acceptQuestion(stage)
  await page.getByText(words('ui.player.error')).first().waitFor({ timeout: 60_000 })
  await look('clip-failed')
  await page.unroute(clips)
  await page.reload()
  await page.getByRole('radiogroup').first().waitFor()
  await page.getByRole('radio').first().check({ force: true })
  await refuse(page, lease, 409, 'lease-expired')
  await page.reload()
  await page.getByText(words('over.canSend')).waitFor({ timeout: 60_000 })
  await look('answer-late')
  await page.unroute(lease)
  await whileHanging(page, /\/api\/worker\/submissions$/, async () => {
    await page.getByRole('button', { name: words('ui.choose.send') }).click()
    await page.getByLabel(words('do.nextComes')).waitFor()
    await glimpse('next-comes')
  })
}

const HAND_JOINTS = 21
/** A hand of joints on a grid. */
const hand = (left: number) =>
  Array.from({ length: HAND_JOINTS }, (_, at) => [
    left + (at === 0 ? 0.08 : Math.floor((at - 1) / 4) * 0.045),
    at === 0 ? 0.8 : 0.65 - ((at - 1) % 4) * 0.09,
    0,
  ])
const MOMENTS = [
  {
    timeMs: 500,
    hands: [
      { side: 'left', points: hand(0.12) },
      { side: 'right', points: hand(0.6) },
    ],
  },
  { timeMs: 1500, hands: [] },
]

/** Points of hands put right: how it is done, a point in hand, a picture without hands, the last one. */
export async function walkPoints(stage: Stage): Promise<void> {
  const { page, words, look, glimpse } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true })
  await joinHere(stage)
  await alter(page, /\/api\/worker\/leases\/[0-9a-f-]+$/, (lease: { subject: object }) => ({
    ...lease,
    kind: 'keypoints',
    subject: { ...lease.subject, moments: MOMENTS },
  }))
  await acceptQuestion(stage)
  await page.waitForURL(/\/do\//)
  await page.reload()
  await page.locator('.points-joint').first().waitFor()
  await look('points-first')
  await button('points.gotIt').click()
  await look('points')
  await button('points.closer').click()
  await button('points.closer').click()
  await button('points.state.hidden').click()
  await look('points-closer')
  await button('points.whole').click()
  const box = (await page.locator('.points-joint').nth(8).boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + 20, box.y + 14, { steps: 4 })
  await page.locator('.points-loupe').waitFor()
  await glimpse('points-loupe')
  await page.mouse.up()
  await button('points.done').click()
  await page.getByText(words('points.noHands')).waitFor()
  await button('points.allRight').and(page.locator(':not([disabled])')).waitFor()
  await look('points-no-hands')
  await alter(page, /\/api\/worker\/leases\/[0-9a-f-]+$/, (lease: { subject: object }) => ({
    ...lease,
    kind: 'keypoints',
    subject: { ...lease.subject, moments: [] },
  }))
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (/draft|kept/.test(key)) localStorage.removeItem(key)
  })
  await page.reload()
  await page.getByText(words('points.gone')).waitFor()
  await look('points-gone')
}
