import { OUTCOME_TITLE, RATE_TITLE } from '../judging-lab.ts'
import { PAIR_TITLE } from '../pair-lab.ts'
import { accept, joinHere, refuse, type Stage } from './stage.ts'

/** The questions about clips, asked and answered; without a link, in another tab, too late. */
export async function walkJudging(stage: Stage): Promise<void> {
  const { page, context, words, look, instance } = stage
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

  await page.goto(instance.url)
  await page
    .locator('a.offer')
    .filter({ hasText: words('offer.kind.choose') })
    .filter({ hasNotText: OUTCOME_TITLE })
    .filter({ hasNotText: RATE_TITLE })
    .first()
    .click()
  await page.getByRole('button', { name: words('brief.accept') }).click()
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
  await context.setOffline(false)
  const lease = /\/api\/worker\/leases\/[0-9a-f-]+$/
  await refuse(page, lease, 409, 'lease-expired')
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (!/language/.test(key)) localStorage.removeItem(key)
  })
  await page.goto(question)
  await page.getByText(words('over.title')).waitFor({ timeout: 60_000 })
  await look('lease-over')
}
