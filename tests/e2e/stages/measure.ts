import { accept, FILM_TITLE, goTo, joinHere, type Stage } from './stage.ts'

/** The board comes round several times on a machine that does everything else as well. */
const MEASURING_MS = 300_000

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
  await page.evaluate(() => {
    const held = JSON.parse(localStorage.getItem('chiron-cameras') ?? '{}')
    for (const scale of held.scales) scale.madeAt = new Date(Date.now() - 5 * 3_600_000).toISOString()
    localStorage.setItem('chiron-cameras', JSON.stringify(held))
  })
  await goTo(stage, '/calibrate', 'calibrate.title')
  await page.getByText(words('card.stale.old')).waitFor()
  await look('calibrate-stale')
  await accept(stage, FILM_TITLE)
  await page.locator('.film-due').waitFor()
  await look('film-due')
}

/** The board all the way: a camera that is exactly known, and a solver that cannot be fetched. */
export async function walkBoard(stage: Stage): Promise<void> {
  const { page, words, look } = stage
  const button = (key: string) => page.getByRole('button', { name: words(key), exact: true })
  await joinHere(stage)
  await goTo(stage, '/calibrate', 'calibrate.title')
  await page.evaluate(() => {
    const Own = globalThis.Worker
    globalThis.Worker = class extends Own {
      constructor() {
        super('/nothing-here.js')
      }
    }
  })
  await button('calibrate.start').click()
  await page.getByText(words('calibrate.failed')).waitFor({ timeout: 60_000 })
  await look('measure-failed')
  await goTo(stage, '/calibrate', 'calibrate.title')
  await button('calibrate.start').click()
  await page.locator('.board-part-done').first().waitFor({ timeout: 60_000 })
  await look('measure-part')
  await page.locator('[data-grade]').waitFor({ timeout: MEASURING_MS })
  await look('measure-good')
}
