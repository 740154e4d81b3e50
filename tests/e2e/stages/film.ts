import { accept, FILM_TITLE, joinHere, type Stage } from './stage.ts'

/** Looking for faces takes its time on a machine that does everything else as well. */
const SECOND_PASS_MS = 200_000
const INSTRUCTIONS = [
  'too-dark',
  'too-bright',
  'blurred',
  'shaking',
  'frozen',
  'low-frame-rate',
  'turn-landscape',
  'turn-portrait',
  'motion-blur',
  'face-visible',
  'several-people',
  'no-hands',
  'hand-cut-off',
  'camera-moved',
]

const button = ({ page, words }: Stage, key: string) => page.getByRole('button', { name: words(key) })

/** Films so long, and waits for the take. */
export async function film(stage: Stage, filmMs: number): Promise<void> {
  const { page, words } = stage
  await page.locator('.film').waitFor()
  await button(stage, 'film.start').click()
  const stop = button(stage, 'film.stop')
  await stop.waitFor()
  await page.waitForTimeout(filmMs)
  await stop.click({ timeout: 5000 }).catch(() => undefined)
  await page.getByRole('heading', { name: words('take.title') }).waitFor()
  await page.locator('video').waitFor()
}

/** From the take to the film that is sent. */
export async function toResult(stage: Stage): Promise<void> {
  const { page, words } = stage
  const next = new RegExp(`^(${words('pass.next')}|${words('pass.nextAnyway')})$`)
  await page.getByRole('button', { name: next }).click({ timeout: SECOND_PASS_MS })
  await page.getByRole('heading', { name: words('pass.result.title') }).waitFor({ timeout: SECOND_PASS_MS })
}

/** The viewfinder in each of its moments, and the take before it is sent. */
export async function walkFilming(stage: Stage): Promise<void> {
  const { page, words, look, glimpse } = stage
  await joinHere(stage)
  await accept(stage, FILM_TITLE)
  await page.locator('.film').waitFor()
  await page.waitForTimeout(2000)
  await look('film-looking')
  // Words and icons as the coach would have them: what is looked at is whether they fit.
  for (const code of INSTRUCTIONS) {
    await page.locator('.film-say span').evaluate(
      (said, text) => {
        said.textContent = text
      },
      words(`coach.${code}`),
    )
    await look(`film-say-${code}`)
  }
  await page.reload()
  await page.locator('.film').waitFor()
  await button(stage, 'brief.steps').click()
  await page.getByRole('dialog').waitFor()
  await look('film-steps')
  await page.keyboard.press('Escape')
  await button(stage, 'film.start').click()
  await page.locator('.film-count').waitFor()
  await glimpse('film-counting')
  await button(stage, 'film.stop').waitFor()
  await look('film-filming')
  await page
    .getByRole('button', { name: words('film.stop') })
    .click({ timeout: 5000 })
    .catch(() => undefined)
  await page.getByRole('heading', { name: words('take.title') }).waitFor()
  await page.locator('video').waitFor()
  await look('take-looking')
  const take = page.url()
  await page.goto(take.replace(/\/take.*/, ''))
  await page.getByText(words('found.title')).waitFor()
  await look('take-found')
  await page.goto(take.replace(/take=.*/, 'take=nothing'))
  await page.getByText(words('take.gone')).waitFor()
  await look('take-gone')
  await page.evaluate(() => localStorage.setItem('chiron-data-use', 'save'))
  await page.goto(take)
  await page.locator('video').waitFor()
  await button(stage, 'pass.next')
    .or(button(stage, 'pass.nextAnyway'))
    .and(page.locator(':not([disabled])'))
    .waitFor({ timeout: SECOND_PASS_MS })
  await look('take-done')
  await toResult(stage)
  await look('result-save-data')
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  })
  await page.getByRole('button', { name: words('take.send'), exact: true }).click()
  await page.locator('.note').waitFor()
  await look('result-trouble')
  await walkBrokenOff(stage, take.replace(/\/take.*/, ''))
}

/** Films for a moment only, or in a tab that goes away; then a film that cannot be made. */
async function walkBrokenOff(stage: Stage, task: string): Promise<void> {
  const { page, words, look, glimpse } = stage
  await page.goto(`${task}?again=1`)
  await film(stage, 500)
  await look('take-short')
  await page.goto(`${task}?again=1`)
  await page.locator('.film').waitFor()
  await button(stage, 'film.start').click()
  await button(stage, 'film.stop').waitFor()
  await page.waitForTimeout(4000)
  await page.goto(task)
  await page.getByText(words('found.title')).waitFor()
  await look('take-cut-off')
  await button(stage, 'found.look').click()
  await page.locator('video').waitFor()
  const next = button(stage, 'pass.next').or(button(stage, 'pass.nextAnyway'))
  await next.and(page.locator(':not([disabled])')).waitFor({ timeout: SECOND_PASS_MS })
  await page.getByRole('checkbox').check({ force: true })
  await next.click()
  await page.getByText(words('pass.making')).waitFor()
  await glimpse('take-making')
  await page.getByRole('heading', { name: words('pass.result.title') }).waitFor({ timeout: SECOND_PASS_MS })
  await look('result-background')
  await button(stage, 'pass.back').click()
  await page.evaluate(() => Object.assign(globalThis, { VideoEncoder: undefined }))
  await page.getByRole('checkbox').check({ force: true })
  await next.click({ timeout: SECOND_PASS_MS })
  await page.locator('.action-bar .note').waitFor({ timeout: SECOND_PASS_MS })
  await look('take-not-made')
}

/** A take that comes back: said live, and after it. */
export async function walkInTheDark(stage: Stage): Promise<void> {
  const { page, look } = stage
  await joinHere(stage)
  await accept(stage, FILM_TITLE)
  await page.locator('.film').waitFor()
  await page.locator('.film-sense-wrong').first().waitFor()
  await look('film-dark')
  await film(stage, 4000)
  await look('take-dark')
  await toResult(stage)
  await look('result-dark')
}

/** A letter on the wall and somebody's face in the picture: found, decided about, covered. */
export async function walkSheets(stage: Stage): Promise<void> {
  const { page, words, look } = stage
  await joinHere(stage)
  await accept(stage, FILM_TITLE)
  await page.locator('.film').waitFor()
  await page.waitForTimeout(3000)
  await look('film-face')
  await film(stage, 4000)
  await button(stage, 'sheets.toFirst').waitFor({ timeout: SECOND_PASS_MS })
  await page.locator('.sheet-still img').first().waitFor()
  await look('take-sheets')
  await button(stage, 'sheets.nothing-private').first().click()
  await look('take-sheets-one')
  await button(stage, 'sheets.covered').first().click()
  for (const open of await page.locator('.sheet-state:not(.sheet-state-decided)').all())
    await open
      .locator('xpath=ancestor::li')
      .getByRole('button', { name: words('sheets.covered') })
      .click()
  await look('take-sheets-decided')
  await toResult(stage)
  await look('result-sheets')
}
