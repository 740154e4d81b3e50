import { goTo, joinHere, type Stage } from './stage.ts'

/** The camera being measured: by the board, and by a bank card. */
export async function walkMeasuring(stage: Stage): Promise<void> {
  const { page, words, look } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key) })
  await joinHere(stage)
  await goTo(stage, '/calibrate', 'calibrate.title')
  await button('calibrate.start').click()
  await page.locator('.board-view').waitFor()
  await page.locator('.board-part').first().waitFor({ timeout: 60_000 })
  await look('measure-board')
  await goTo(stage, '/calibrate', 'calibrate.title')
  await button('card.start').click()
  await button('card.take').waitFor()
  await look('card-shooting')
  await button('card.take').click()
  await page.locator('.card-corner').first().waitFor()
  await look('card-placing')
  for (const at of [0, 1, 2, 3]) {
    await page.locator('.card-corner').nth(at).focus()
    await page.keyboard.press('Shift+ArrowRight')
  }
  await look('card-placed')
  await button('card.keep').click()
  await page.locator('[data-scale]').waitFor()
  await look('card-kept')
  await goTo(stage, '/calibrate', 'calibrate.title')
  await look('calibrate-known')
}
